#pragma once

#include <memory>

#include "speech/alignment_engine.h"

namespace reelwright::speech {

/// PocketSphinx 5, US English.
std::unique_ptr<const AlignmentEngine> make_pocketsphinx_engine();

}  // namespace reelwright::speech

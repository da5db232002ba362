#pragma once

#include <memory>
#include <string>

#include "speech/alignment_engine.h"
#include "speech/ctc_model.h"

namespace reelwright::speech {

/// Letters heard by `model`, which knows `language` (BCP 47; empty: whatever the text is in). Each thread
/// that looks for words uses the one model.
std::unique_ptr<const AlignmentEngine> make_ctc_engine(std::shared_ptr<const CtcModel> model,
                                                       std::string name, std::string language);

}  // namespace reelwright::speech

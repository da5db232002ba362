#pragma once

#include <span>
#include <vector>

#include "core/error.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// Adds `low_confidence_words` to `warnings` where more than a third of the words are more likely wrong than
/// right.
void warn_of_doubt(std::span<const transcript::Word> words, std::vector<core::Warning>& warnings);

}  // namespace reelwright::speech

#pragma once

#include <span>
#include <vector>

#include "core/error.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// Adds `low_confidence_words` to `warnings` where more than a third of the words are more likely wrong than
/// right.
void warn_of_doubt(std::span<const transcript::Word> words, std::vector<core::Warning>& warnings);

/// Adds `repetition` to `warnings` where there are stretches that were heard as loops; `loops`: where they
/// begin.
void warn_of_loops(const std::vector<core::Time>& loops, std::vector<core::Warning>& warnings);

}  // namespace reelwright::speech

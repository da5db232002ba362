#pragma once

#include <vector>

#include "transcript/transcript.h"

namespace reelwright::speech {

/// Words that follow each other without a long pause (0.6 s) make a segment; after 20 s a short one (0.2 s)
/// ends it too. `words` are in order of their starts.
std::vector<transcript::Segment> split_at_pauses(std::vector<transcript::Word> words);

}  // namespace reelwright::speech

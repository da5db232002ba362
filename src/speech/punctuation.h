#pragma once

#include <string_view>
#include <vector>

#include "speech/transcription.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// The words of `text`, punctuation with them, with the times of `words`, which are the same words without it
/// and may be parted otherwise ("twenty-one" and "twenty", "one"). A word that is not among them has no time.
std::vector<transcript::DraftWord> with_punctuation(std::string_view text,
                                                    const std::vector<Transcription::Word>& words);

}  // namespace reelwright::speech

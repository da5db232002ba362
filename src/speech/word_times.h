#pragma once

#include <optional>
#include <span>
#include <vector>

#include "speech/found_words.h"
#include "speech/normalise.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// The words of a draft in one list, as the aligner sees them.
struct WrittenWord {
  std::string text;
  std::size_t segment = 0;        ///< of the draft
  std::optional<core::Span> cue;  ///< the time of its segment, where that is known
};

std::vector<WrittenWord> written_words(const transcript::Draft& draft);

/// The written words with times. `found` belongs to `spoken`: what was found of it in the sound. A written
/// word spans its spoken ones; those of which nothing was found are spread by length between their
/// neighbours, within their cue where there is one. Starts never decrease, nothing lies beyond `duration`.
std::vector<transcript::Word> give_times(std::span<const WrittenWord> written,
                                         std::span<const SpokenWord> spoken,
                                         std::span<const std::optional<AlignedWord>> found,
                                         core::Time duration);

}  // namespace reelwright::speech

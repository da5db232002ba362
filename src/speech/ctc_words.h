#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"
#include "speech/ctc_trellis.h"
#include "speech/ctc_vocabulary.h"
#include "speech/found_words.h"
#include "speech/normalise.h"

namespace reelwright::speech {

/// Sound and what a model heard in it.
struct HeardSound {
  std::span<const std::int16_t> samples;  ///< 16 kHz mono
  core::Time start{};                     ///< of the first sample
  Emissions emissions;                    ///< spread evenly over the samples

  core::Time at(std::size_t frame) const;
};

/// A word that was heard.
struct HeardWord {
  std::string text;  ///< in lower case
  core::Span span;
  double probability = 0;
};

/// The likeliest letter of each frame, repetitions and blanks dropped (best path decoding, Graves et al.
/// 2006), parted at separators.
std::vector<HeardWord> read_words(const HeardSound& sound, const CtcVocabulary& vocabulary);

/// Where `words` are in the sound, all of them in order; nothing for those that the sound does not bear out.
/// Ends reach to where the voice stops or the next word begins, 0.3 s beyond the last letter at most.
FoundWords find_words(const HeardSound& sound, std::span<const SpokenWord> words,
                      const CtcVocabulary& vocabulary);

/// Where from sample `from` on the voice falls silent (20 dB below its loudest from `begin` to `from`),
/// `limit` at the latest. In steps of 10 ms.
std::size_t end_of_voice(std::span<const std::int16_t> samples, std::size_t begin, std::size_t from,
                         std::size_t limit);

}  // namespace reelwright::speech

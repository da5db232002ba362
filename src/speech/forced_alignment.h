#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "speech/decoder.h"
#include "speech/found_words.h"
#include "speech/normalise.h"

namespace reelwright::speech {

/// Finds known words in stretches of sound, and says of each whether the sound bears it out. One thread at a
/// time.
class ForcedAlignment {
 public:
  /// Throws what making a `Decoder` throws.
  explicit ForcedAlignment(const std::stop_token& stop) : decoder_(Decoder::Task::align, stop) {}

  /// One entry for each of `words`; nothing for a word that is not in the sound, or not where the text wants
  /// it. `start` is the time of the first sample. Throws `cancelled`.
  FoundWords find(std::span<const std::int16_t> samples, core::Time start, std::span<const SpokenWord> words,
                  const std::stop_token& stop);

  /// Whether the pronouncing dictionary has `word`.
  bool knows(const std::string& word) const { return decoder_.knows(word); }

 private:
  bool learn(const std::string& word);

  Decoder decoder_;
};

}  // namespace reelwright::speech

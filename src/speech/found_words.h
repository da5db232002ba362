#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/time.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// A word of the text that was found in the sound.
struct AlignedWord {
  core::Span span;
  double probability = 0;
  transcript::Timing timing = transcript::Timing::aligned;
};

using FoundWords = std::vector<std::optional<AlignedWord>>;

/// How well the sound bears a word out.
struct WordFit {
  double fit = 0;  ///< higher is better; the scale is the engine's
  int weight = 1;  ///< frames or letters that it is the mean of; 0: says nothing
};

/// The mean fit of word `middle` and two on either side: one word alone may fit by chance. Nothing where none
/// of them says anything.
std::optional<double> fit_around(std::span<const WordFit> words, std::size_t middle);

/// Which words are in the sound: those whose `fit_around` is `worst` or better. A word or two
/// that do not fit, beside words that do, were mumbled: their place is known.
std::vector<bool> borne_out(std::span<const WordFit> words, double worst);

}  // namespace reelwright::speech

#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace reelwright::speech {

/// A word as it is said, in lower-case letters and apostrophes (UTF-8), and the written token it belongs to.
struct SpokenWord {
  std::string text;
  std::size_t token = 0;

  bool operator==(const SpokenWord&) const = default;
};

/// Reads written English out, in ASCII letters and apostrophes: numbers, years, ordinals, money, percents,
/// units, times, abbreviations, acronyms, symbols, addresses. `tokens` are the written words in order,
/// punctuation included; what has no sound (a dash, an emoji, another script) gives no word. `known` says
/// whether a word stands in the pronouncing dictionary. Any bytes will do as input; a token gives at most 64
/// words of at most 40 letters.
std::vector<SpokenWord> spoken_words(std::span<const std::string> tokens,
                                     const std::function<bool(const std::string&)>& known);

}  // namespace reelwright::speech

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace reelwright::speech {

/// A heard word and the word of the text that it is.
struct WordMatch {
  std::size_t heard = 0;
  std::size_t text = 0;

  bool operator==(const WordMatch&) const = default;
};

/// Which words of `text` were heard where, both in order and each at most once. Long inputs are first split
/// at runs of words that occur once on either side (the idea of Cohen's patience diff), pieces that are small
/// enough are aligned by dynamic programming (Needleman, Wunsch 1970). Chance is kept out: only runs that
/// carry enough letters, and single long words that are unique, count. Time and memory grow little faster
/// than the input.
std::vector<WordMatch> match_words(std::span<const std::string> heard, std::span<const std::string> text);

}  // namespace reelwright::speech

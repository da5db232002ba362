#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace reelwright::language {

/// Each token with its number.
using TokenNumbers = std::unordered_map<std::string, std::int64_t>;

/// Words as pieces of a vocabulary (Schuster & Nakajima 2012; Wu et al. 2016): from the left the longest
/// piece that fits, and again; pieces within a word stand in the vocabulary behind `##`.
class WordPiece {
 public:
  /// Throws `invalid_input` where the vocabulary lacks one of [UNK], [CLS], [SEP], or a number is negative.
  explicit WordPiece(const TokenNumbers& vocabulary);

  /// Appends the numbers of the pieces of `word`; [UNK] where some of it fits no piece, or it has over 100
  /// letters.
  void split(std::string_view word, std::vector<std::int64_t>& pieces) const;

  std::int64_t cls() const { return cls_; }
  std::int64_t sep() const { return sep_; }
  std::int64_t pad() const { return pad_; }    ///< 0 where the vocabulary has none: it is masked anyway
  std::int64_t last() const { return last_; }  ///< the greatest number

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Pieces = std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>>;

  Pieces beginnings_;
  Pieces continuations_;  // without their ##
  std::int64_t unk_ = 0, cls_ = 0, sep_ = 0, pad_ = 0, last_ = 0;
};

}  // namespace reelwright::language

#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "language/bert_words.h"
#include "language/word_piece.h"

namespace reelwright::language {

/// Text as the numbers that a BERT model reads.
class BertTokenizer {
 public:
  /// `longest`: in tokens, at least 3.
  BertTokenizer(const TokenNumbers& vocabulary, BertSpelling spelling, std::size_t longest)
      : pieces_(vocabulary), spelling_(spelling), longest_(longest) {}

  /// From a `tokenizer.json` of Hugging Face's, or else a `vocab.txt`: a token a line, its number that of the
  /// line, counted from 0; whether the model tells capitals apart is then seen by whether it knows any. No
  /// text becomes longer than `most` tokens, at least 3, whatever the file says. Throws `invalid_input`,
  /// naming the file, where it is neither, or is not a WordPiece tokenizer's; what `core::read_file` throws.
  static BertTokenizer load(const std::filesystem::path& file, std::int64_t most);

  /// [CLS], the pieces of all words, [SEP]; cut at the end where that is longer than `longest`.
  std::vector<std::int64_t> encode(std::string_view text) const;

  const WordPiece& pieces() const { return pieces_; }
  std::size_t longest() const { return longest_; }

 private:
  WordPiece pieces_;
  BertSpelling spelling_;
  std::size_t longest_;
};

}  // namespace reelwright::language

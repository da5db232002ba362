#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace reelwright::language {

/// A word as it stands in a text.
struct Token {
  std::string lower;  ///< lower case, with a plain ' for every apostrophe
  std::size_t begin;  ///< bytes into the text
  std::size_t end;
};

/// Finds words (Unicode text segmentation, UAX #29, by ICU) and their stems (Snowball; Porter 2001) in one
/// language. Where Snowball has no stemmer for the language a word is its own stem. Stop words are known for
/// English; in other languages words of up to three letters count as such. One lexer serves one thread.
class Lexer {
 public:
  /// `language` is BCP 47, for example `en` or `pt-BR`.
  explicit Lexer(std::string_view language = "en");
  ~Lexer();
  Lexer(Lexer&&) noexcept;
  Lexer& operator=(Lexer&&) noexcept;

  /// The words of `text` (UTF-8), without what stands in [] or {}: transcripts put noises there.
  std::vector<Token> tokens(std::string_view text) const;

  std::string stem(const std::string& lower) const;

  /// True for words that say nothing of what the text is about: function words, fillers, light verbs.
  bool is_stop_word(const std::string& lower) const;

  /// The stems of the words that are no stop words, in order.
  std::vector<std::string> content_stems(std::string_view text) const;

  bool is_english() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace reelwright::language

#include "language/bert_words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "language/clean_text.h"

namespace reelwright::language {

namespace {

struct Block {
  UChar32 first, last;
};

// The blocks of "CJK Unified Ideographs", as BERT counts them; kana and Hangul are written with blanks or are
// letters of the vocabulary.
constexpr std::array<Block, 8> chinese{{{0x4E00, 0x9FFF},
                                        {0x3400, 0x4DBF},
                                        {0x20000, 0x2A6DF},
                                        {0x2A700, 0x2B73F},
                                        {0x2B740, 0x2B81F},
                                        {0x2B820, 0x2CEAF},
                                        {0xF900, 0xFAFF},
                                        {0x2F800, 0x2FA1F}}};

bool is_chinese(UChar32 c) {
  return std::ranges::any_of(chinese,
                             [c](const Block& block) { return block.first <= c && c <= block.last; });
}

bool is_punctuation(UChar32 c) {
  const bool is_ascii_sign = c > ' ' && c < 0x7F && !u_isalnum(c);
  return is_ascii_sign || u_ispunct(c);
}

icu::UnicodeString decomposed(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString parts = U_SUCCESS(status) ? nfd->normalize(text, status) : text;
  return U_SUCCESS(status) ? parts : text;
}

/// Gathers characters to words.
class Words {
 public:
  void add(UChar32 c) { icu::UnicodeString(c).toUTF8String(word_); }

  void part() {
    if (!word_.empty()) words_.push_back(std::move(word_));
    word_.clear();
  }

  std::vector<std::string> finish() {
    part();
    return std::move(words_);
  }

 private:
  std::string word_;
  std::vector<std::string> words_;
};

}  // namespace

std::vector<std::string> bert_words(std::string_view text, const BertSpelling& spelling) {
  auto letters = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  if (spelling.without_accents) letters = decomposed(letters);
  Words words;
  for (std::int32_t at = 0; at < letters.length(); at += U16_LENGTH(letters.char32At(at))) {
    const UChar32 c = letters.char32At(at);
    const bool is_accent = spelling.without_accents && u_charType(c) == U_NON_SPACING_MARK;
    if (is_accent || is_unseen(static_cast<char32_t>(c))) continue;
    if (u_isUWhiteSpace(c)) {
      words.part();
      continue;
    }
    const bool is_alone = is_chinese(c) || is_punctuation(c);
    if (is_alone) words.part();
    words.add(spelling.lower_case ? u_tolower(c) : c);
    if (is_alone) words.part();
  }
  return words.finish();
}

}  // namespace reelwright::language

#include "speech/ctc_text.h"

#include <unicode/normalizer2.h>
#include <unicode/rbnf.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>

#include "speech/language.h"

namespace reelwright::speech {

namespace {

constexpr int32_t longest_token = 2000;
constexpr int32_t longest_number = 15;  // digits; longer ones are said digit by digit
constexpr UChar32 soft_hyphen = 0xAD;   // CLDR parts long numbers with it
constexpr std::size_t most_words = 64;  // of a token

bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07; }

/// Writes numbers out in the words of one language.
class Speller {
 public:
  explicit Speller(std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const auto locale = icu::Locale::forLanguageTag(std::string(language), status);
    numbers_ = std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, locale, status);
    if (U_FAILURE(status)) numbers_.reset();
  }

  icu::UnicodeString operator()(const icu::UnicodeString& digits) const {
    icu::UnicodeString words;
    if (!numbers_) return words;
    if (digits.length() <= longest_number) return said(digits);
    for (int32_t i = 0; i < digits.length(); ++i) words += said(icu::UnicodeString(digits, i, 1)) + u' ';
    return words;
  }

 private:
  icu::UnicodeString said(const icu::UnicodeString& digits) const {
    std::int64_t value = 0;
    for (int32_t i = 0; i < digits.length(); ++i) value = value * 10 + u_charDigitValue(digits[i]);
    icu::UnicodeString words;
    numbers_->format(value, words);
    return words;
  }

  std::unique_ptr<icu::RuleBasedNumberFormat> numbers_;
};

/// `token` with its numbers in words; a point or comma inside of a number parts it no more than its groups.
icu::UnicodeString with_numbers_said(const icu::UnicodeString& token, const Speller& speller) {
  icu::UnicodeString result;
  icu::UnicodeString digits;
  const auto flush = [&] {
    if (!digits.isEmpty()) result += u' ' + speller(digits) + u' ';
    digits.remove();
  };
  for (int32_t i = 0; i < token.length(); i = token.moveIndex32(i, 1)) {
    const UChar32 c = token.char32At(i);
    if (const int32_t digit = u_charDigitValue(c); digit >= 0) {
      digits += static_cast<char16_t>(u'0' + digit);
      continue;
    }
    flush();
    result += c;
  }
  flush();
  return result;
}

/// Normalised, in lower case, numbers said.
icu::UnicodeString prepared(const std::string& token, const Speller& speller) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfkc = icu::Normalizer2::getNFKCInstance(status);
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(token).retainBetween(0, longest_token);
  if (U_SUCCESS(status)) text = nfkc->normalize(text, status);
  return with_numbers_said(text, speller).toLower(icu::Locale::getRoot());
}

void add_words(const icu::UnicodeString& text, std::size_t token, std::vector<SpokenWord>& words) {
  std::size_t made = 0;
  std::string word;
  bool sounds = false;  // an apostrophe alone does not
  const auto flush = [&] {
    if (sounds && made++ < most_words) words.push_back({word, token});
    word.clear();
    sounds = false;
  };
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (c == soft_hyphen) continue;
    const bool letter = u_isalpha(c) || (u_getCombiningClass(c) != 0 && sounds);
    if (!letter && !is_apostrophe(c)) {
      flush();
      continue;
    }
    sounds = sounds || letter;
    icu::UnicodeString(is_apostrophe(c) ? UChar32{'\''} : c).toUTF8String(word);
  }
  flush();
}

}  // namespace

std::vector<SpokenWord> spoken_in(std::string_view language, std::span<const std::string> written) {
  if (is_english(language)) return spoken_words(written, [](const std::string&) { return true; });
  const Speller speller(language);
  std::vector<SpokenWord> words;
  for (std::size_t token = 0; token < written.size(); ++token)
    add_words(prepared(written[token], speller), token, words);
  return words;
}

std::vector<CtcToken> spell(std::span<const SpokenWord> words, const CtcVocabulary& vocabulary,
                            std::vector<std::size_t>& owners) {
  std::vector<CtcToken> tokens;
  owners.clear();
  for (std::size_t word = 0; word < words.size(); ++word) {
    const auto text = icu::UnicodeString::fromUTF8(words[word].text);
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
      const auto label = vocabulary.label(static_cast<char32_t>(text.char32At(i)));
      tokens.push_back({label.value_or(CtcToken::wildcard), i == 0});
      owners.push_back(word);
    }
  }
  return tokens;
}

}  // namespace reelwright::speech

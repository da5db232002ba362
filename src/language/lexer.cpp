#include "language/lexer.h"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <algorithm>

#include "core/error.h"
#include "language/stop_words.h"

namespace reelwright::language {

namespace {

struct FreeStemmer {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

std::string primary_subtag(std::string_view language) {
  std::string tag(language.substr(0, language.find_first_of("-_")));
  std::ranges::transform(tag, tag.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return tag;
}

std::string lower_case(std::string_view word, const icu::Locale& locale) {
  std::string lower;
  if (std::ranges::all_of(word, [](unsigned char c) { return c < 0x80; })) {
    lower.assign(word);
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
  }
  auto text = icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())});
  text.toLower(locale).findAndReplace(u"\u2019", u"'").toUTF8String(lower);
  return lower;
}

/// The same number of bytes, with blanks where a remark in brackets stands (at most 40 bytes of it: a lone
/// bracket must not swallow the text).
std::string without_remarks(std::string_view text) {
  std::string clean(text);
  for (std::size_t at = 0; (at = clean.find_first_of("[{", at)) != std::string::npos; ++at) {
    const auto close = clean.find(clean[at] == '[' ? ']' : '}', at);
    if (close != std::string::npos && close - at <= 40)
      std::fill_n(clean.begin() + static_cast<long>(at), close - at + 1, ' ');
  }
  return clean;
}

std::size_t code_points(std::string_view word) {
  return static_cast<std::size_t>(
      std::ranges::count_if(word, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

struct Lexer::Parts {
  std::string language;
  icu::Locale locale;
  std::unique_ptr<icu::BreakIterator> words;
  std::unique_ptr<sb_stemmer, FreeStemmer> stemmer;
};

Lexer::Lexer(std::string_view language) : parts_(std::make_unique<Parts>()) {
  parts_->language = primary_subtag(language);
  parts_->locale = icu::Locale(parts_->language.c_str());
  UErrorCode status = U_ZERO_ERROR;
  parts_->words.reset(icu::BreakIterator::createWordInstance(parts_->locale, status));
  if (U_FAILURE(status)) {
    throw core::Error(core::ErrorCode::unavailable, "ICU's data is missing; install the package libicu.",
                      u_errorName(status));
  }
  parts_->stemmer.reset(sb_stemmer_new(parts_->language.c_str(), "UTF_8"));
}

Lexer::~Lexer() = default;
Lexer::Lexer(Lexer&&) noexcept = default;
Lexer& Lexer::operator=(Lexer&&) noexcept = default;

std::vector<Token> Lexer::tokens(std::string_view text) const {
  const std::string clean = without_remarks(text);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> opened(
      utext_openUTF8(nullptr, clean.data(), static_cast<std::int64_t>(clean.size()), &status));
  auto& words = *parts_->words;
  words.setText(opened.get(), status);
  if (U_FAILURE(status))
    throw core::Error(core::ErrorCode::internal, "A text cannot be read.", u_errorName(status));
  std::vector<Token> found;
  std::int32_t begin = words.first();
  for (auto end = words.next(); end != icu::BreakIterator::DONE; begin = end, end = words.next()) {
    if (words.getRuleStatus() < UBRK_WORD_NUMBER) continue;  // white space and punctuation
    const auto from = static_cast<std::size_t>(begin);
    const auto to = static_cast<std::size_t>(end);
    found.push_back({lower_case(std::string_view(clean).substr(from, to - from), parts_->locale), from, to});
  }
  return found;
}

std::string Lexer::stem(const std::string& lower) const {
  if (!parts_->stemmer) return lower;
  const auto* stemmed =
      sb_stemmer_stem(parts_->stemmer.get(), reinterpret_cast<const sb_symbol*>(lower.data()),
                      static_cast<int>(lower.size()));
  if (stemmed == nullptr) return lower;
  return {reinterpret_cast<const char*>(stemmed),
          static_cast<std::size_t>(sb_stemmer_length(parts_->stemmer.get()))};
}

bool Lexer::is_stop_word(const std::string& lower) const {
  const auto letters = code_points(lower);
  if (letters < 2) return true;
  if (!is_english()) return letters <= 3;
  const auto base = std::string_view(lower).substr(0, lower.find('\''));
  return base.size() < 2 || is_english_stop_word(lower) || is_english_stop_word(base);
}

std::vector<std::string> Lexer::content_stems(std::string_view text) const {
  std::vector<std::string> stems;
  for (const auto& token : tokens(text)) {
    if (!is_stop_word(token.lower)) stems.push_back(stem(token.lower));
  }
  return stems;
}

bool Lexer::is_english() const { return parts_->language.empty() || parts_->language == "en"; }

}  // namespace reelwright::language

#include "clips/slug.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>

namespace reelwright::clips {

namespace {

constexpr std::size_t longest = 40;

std::string to_ascii(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> transliterator(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
  icu::UnicodeString characters = icu::UnicodeString::fromUTF8(text);
  if (U_SUCCESS(status)) transliterator->transliterate(characters);
  std::string ascii;
  characters.toUTF8String(ascii);
  return ascii;
}

bool is_kept(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string slug(const std::string& title) {
  std::string result;
  for (const char c : to_ascii(title)) {
    if (c == '\'') continue;  // don't -> dont
    if (is_kept(c)) {
      result += c;
    } else if (!result.empty() && result.back() != '-') {
      result += '-';
    }
  }
  if (result.size() > longest) {
    const auto whole_word = result.rfind('-', longest);
    result.resize(whole_word == std::string::npos ? longest : whole_word);
  }
  while (result.ends_with('-')) result.pop_back();
  return result.empty() ? "clip" : result;
}

}  // namespace reelwright::clips

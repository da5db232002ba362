#include "speech/plain_text.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "speech/spoken_tables.h"

namespace reelwright::speech {

namespace {

constexpr int longest_token = 2000;

// The ASCII look-alike of typography; 0 where there is none.
char plain_form(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0xFF07:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x00AB:
    case 0x00BB:
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0x2044:
      return '/';
    case 0x2026:
      return '.';
    default:
      return 0;
  }
}

std::string utf8(char32_t c) {
  std::string text;
  icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(text);
  return text;
}

// 00DF and the like have no decomposition.
std::string_view letter_form(char32_t c) {
  switch (c) {
    case 0xDF:
      return "ss";
    case 0xE6:
      return "ae";
    case 0xC6:
      return "Ae";
    case 0xF8:
      return "o";
    case 0xD8:
      return "O";
    case 0x153:
      return "oe";
    case 0x142:
      return "l";
    case 0x131:
      return "i";
    default:
      return {};
  }
}

void add(std::string& out, char32_t c) {
  if (c > 0x20 && c < 0x7F) {
    out += static_cast<char>(c);
  } else if (const char form = plain_form(c)) {
    out += form;
  } else {
    out += letter_form(c);
  }
}

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; });
  return result;
}

std::string plain(std::string_view token) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(token.substr(0, longest_token));
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfkd = icu::Normalizer2::getNFKDInstance(status);
  std::string out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const auto c = static_cast<char32_t>(text.char32At(i));
    if (c > 0x7E && !symbol(utf8(c)).empty()) {
      out += utf8(c);
      continue;
    }
    icu::UnicodeString parts;
    if (U_FAILURE(status) || !nfkd->getDecomposition(static_cast<UChar32>(c), parts)) {
      add(out, c);
      continue;
    }
    for (int32_t j = 0; j < parts.length(); j = parts.moveIndex32(j, 1))
      add(out, static_cast<char32_t>(parts.char32At(j)));
  }
  return out;
}

}  // namespace reelwright::speech

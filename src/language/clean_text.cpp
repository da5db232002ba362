#include "language/clean_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace reelwright::language {

namespace {

constexpr char32_t replacement = 0xFFFD;

}  // namespace

bool is_unseen(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  if (u_isUWhiteSpace(c)) return false;
  return character == replacement || (U_GET_GC_MASK(c) & U_GC_C_MASK) != 0;
}

std::string clean_text(std::string_view text, std::size_t longest) {
  std::string clean;
  bool is_after_blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), at, text.size(), c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's own
    if (u_isUWhiteSpace(c)) {
      is_after_blank = !clean.empty();
    } else if (!is_unseen(static_cast<char32_t>(c))) {
      const std::size_t blank = is_after_blank ? 1 : 0;
      if (clean.size() + blank + (at - begin) > longest) break;
      clean.append(blank, ' ').append(text.substr(begin, at - begin));
      is_after_blank = false;
    }
  }
  return clean;
}

}  // namespace reelwright::language

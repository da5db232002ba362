#include "clips/one_line.h"

#include <unicode/uchar.h>

#include <cstdint>

#include "core/code_points.h"

namespace reelwright::clips {

namespace {

constexpr std::size_t longest_hashtag = 30;
constexpr const char* ellipsis = "\u2026";

/// Joiners inside of words and emoji are kept.
bool is_visible(std::int32_t c) {
  constexpr std::int32_t non_joiner = 0x200C, joiner = 0x200D;
  if (c < 0) return false;
  if (c == non_joiner || c == joiner) return true;
  constexpr std::uint32_t hidden = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK | U_GC_CO_MASK | U_GC_CN_MASK;
  return (U_GET_GC_MASK(c) & hidden) == 0;
}

bool is_blank(std::int32_t c) {
  return c >= 0 && (u_isUWhiteSpace(c) != 0 || u_charType(c) == U_CONTROL_CHAR);
}

bool is_address(std::string_view text) { return text.contains("://") || text.contains("www."); }

}  // namespace

std::string one_line(std::string_view text, std::size_t longest) {
  if (is_address(text)) return {};
  std::string line;
  std::size_t length = 0, last_word = 0;  // in characters; in bytes, where it ends
  bool space_before = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const std::int32_t c = core::next_code_point(text, at);
    if (is_blank(c)) {
      if (!space_before) last_word = line.size();
      space_before = true;
      continue;
    }
    if (!is_visible(c)) continue;
    const bool space = space_before && !line.empty();
    length += space ? 2 : 1;
    if (length > longest) return line.substr(0, last_word == 0 ? line.size() : last_word) + ellipsis;
    if (space) line += ' ';
    line += text.substr(from, at - from);
    space_before = false;
  }
  return line;
}

std::string hashtag(std::string_view text) {
  std::string tag = "#";
  std::size_t length = 0;
  bool has_letter = false;
  for (std::size_t at = 0; at < text.size() && length < longest_hashtag;) {
    const std::size_t from = at;
    const std::int32_t c = core::next_code_point(text, at);
    const bool is_mark = c >= 0 && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
    if (c < 0 || !(c == '_' || u_isalnum(c) || is_mark)) continue;
    has_letter = has_letter || u_isalpha(c);
    tag += text.substr(from, at - from);
    ++length;
  }
  return has_letter ? tag : "";
}

}  // namespace reelwright::clips

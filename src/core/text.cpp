#include "core/text.h"

#include <fmt/format.h>

#include <cstdint>

#include "core/code_points.h"

namespace reelwright::core {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Marks and overrides of the direction of writing (Unicode 15, UAX #9), and what breaks lines.
bool turns_text(std::int32_t c) {
  return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

bool is_control(std::int32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

std::string spelled_out(std::int32_t c) {
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  return c < 0x100 ? fmt::format("\\x{:02x}", c) : fmt::format("\\u{:04x}", c);
}

/// `show(code point, its bytes)` in turn; -1 for what is no UTF-8.
template <typename Show>
std::string each_shown(std::string_view text, Show show) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const std::int32_t c = next_code_point(text, at);
    shown += show(c, text.substr(from, at - from));
  }
  return shown;
}

/// The middle goes: the end of a message says what to do, the beginning what it is about.
std::string_view part(std::string_view text, std::size_t from, std::size_t to) {
  const auto inside = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  while (from < to && inside(from)) ++from;
  while (to < text.size() && to > from && inside(to)) --to;
  return text.substr(from, to - from);
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  return each_shown(text, [](std::int32_t c, std::string_view bytes) { return c < 0 ? replacement : bytes; });
}

std::string printable(std::string_view text, std::size_t longest) {
  std::string shown = each_shown(text, [](std::int32_t c, std::string_view bytes) {
    if (c < 0) return std::string(replacement);
    return is_control(c) || turns_text(c) ? spelled_out(c) : std::string(bytes);
  });
  if (shown.size() <= longest) return shown;
  return fmt::format("{}...{}", part(shown, 0, longest / 2),
                     part(shown, shown.size() - longest / 2, shown.size()));
}

}  // namespace reelwright::core

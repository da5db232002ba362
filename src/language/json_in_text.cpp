#include "language/json_in_text.h"

namespace reelwright::language {

namespace {

/// Where the object that begins at `from` ends, by its braces outside of strings; npos where it does not.
std::size_t end_of_object(std::string_view text, std::size_t from) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = from; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

}  // namespace

std::string_view json_in_text(std::string_view text) {
  constexpr std::string_view end_of_thoughts = "</think>";
  if (const auto thoughts = text.rfind(end_of_thoughts); thoughts != std::string_view::npos)
    text.remove_prefix(thoughts + end_of_thoughts.size());
  const std::size_t start = text.find('{');
  if (start == std::string_view::npos) return {};
  const std::size_t end = end_of_object(text, start);
  return end == std::string_view::npos ? std::string_view{} : text.substr(start, end - start);
}

}  // namespace reelwright::language

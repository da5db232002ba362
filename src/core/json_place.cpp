#include "core/json_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace reelwright::core {

namespace {

/// An array or object that is open.
struct Level {
  bool is_array = false;
  std::size_t index = 0;      ///< of the array's value
  std::string_view key = {};  ///< of the object's member, as it is written
  bool key_is_known = false;  ///< the next text is the member's value
};

/// The end of the text whose opening quote stands at `at`: its closing quote.
std::size_t closing_quote(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at, text.size());
}

std::string path_of(const std::vector<Level>& levels) {
  std::string path;
  for (const Level& level : levels) {
    if (level.is_array) {
      fmt::format_to(std::back_inserter(path), "[{}]", level.index);
    } else if (!level.key.empty()) {
      if (!path.empty()) path += '.';
      path += level.key;
    }
  }
  return path;
}

/// Takes in the sign at `at`; gives where the next one stands.
std::size_t step(std::string_view text, std::size_t at, std::vector<Level>& levels) {
  const char c = text[at];
  if (c == '{' || c == '[') {
    levels.push_back({.is_array = c == '['});
  } else if (levels.empty()) {
    return at + 1;
  } else if (c == '"') {
    const std::size_t end = closing_quote(text, at);
    Level& level = levels.back();
    if (!level.is_array && !level.key_is_known) level.key = text.substr(at + 1, end - at - 1);
    return end + 1;
  } else if (c == ':') {
    levels.back().key_is_known = true;
  } else if (c == ',') {
    ++levels.back().index;
    levels.back().key = {};
    levels.back().key_is_known = false;
  } else if (c == '}' || c == ']') {
    levels.pop_back();
  }
  return at + 1;
}

}  // namespace

std::string json_place(std::string_view text, std::size_t offset) {
  std::vector<Level> levels;
  for (std::size_t at = 0; at < std::min(offset, text.size());) at = step(text, at, levels);
  return path_of(levels);
}

}  // namespace reelwright::core

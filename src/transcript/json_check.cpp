#include "transcript/json_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/error.h"

namespace reelwright::transcript {

namespace {

constexpr int deepest = 64;
constexpr std::array<std::string_view, 3> not_numbers{"-Infinity", "Infinity", "NaN"};

// The end of the string literal whose opening quote stands at `at`.
std::size_t after_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

std::size_t not_number_at(std::string_view rest) {
  for (const std::string_view word : not_numbers) {
    if (rest.starts_with(word)) return word.size();
  }
  return 0;
}

}  // namespace

std::size_t line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

std::string prepare_json(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::size_t next = c == '"' ? after_string(text, at) : at + 1;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > deepest) {
      throw core::Error(
          core::ErrorCode::invalid_input,
          fmt::format("Line {} of the transcript's JSON nests too deep; bring WhisperX's JSON, SRT, "
                      "WebVTT or plain text.",
                      line_of(text, at)));
    }
    if (const std::size_t length = c == '"' ? 0 : not_number_at(text.substr(at))) {
      // Padded, so that the parser's offsets stay those of the user's text.
      out += "null";
      out.append(length > 4 ? length - 4 : 0, ' ');
      next = at + length;
    } else {
      out += text.substr(at, next - at);
    }
    at = next;
  }
  return out;
}

}  // namespace reelwright::transcript

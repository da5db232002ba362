#pragma once

#include <cstdint>
#include <string_view>

namespace reelwright::core {

/// The code point that begins at byte `at` of UTF-8 `text`, which moves behind it; -1 where the bytes are no
/// UTF-8.
std::int32_t next_code_point(std::string_view text, std::size_t& at);

/// Whether `test(code point)` holds for any of `text`.
template <typename Test>
bool any_code_point(std::string_view text, Test test) {
  for (std::size_t at = 0; at < text.size();) {
    if (test(next_code_point(text, at))) return true;
  }
  return false;
}

}  // namespace reelwright::core

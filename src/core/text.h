#pragma once

#include <string>
#include <string_view>

namespace reelwright::core {

/// `text` with U+FFFD for every byte that is no UTF-8: names of files may be any bytes, JSON may not.
std::string valid_utf8(std::string_view text);

/// `text` as it may be shown on a terminal, on one line: what would move the cursor, recolour, break the line
/// or turn the direction of writing is spelled out ("\n", "\x1b", "\u202e"); valid UTF-8. At most `longest`
/// bytes of it, with an ellipsis in the middle where it is longer.
std::string printable(std::string_view text, std::size_t longest = 1000);

}  // namespace reelwright::core

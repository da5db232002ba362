#pragma once

#include <string_view>

namespace reelwright::transcript {

/// `text` without its byte order mark. Throws `invalid_input` naming what it is where it is not UTF-8 text:
/// UTF-16 or UTF-32, an old 8-bit code page (with the line), or no text at all.
std::string_view require_utf8(std::string_view text);

}  // namespace reelwright::transcript

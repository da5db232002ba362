#pragma once

#include <string>
#include <string_view>

namespace reelwright::transcript {

/// JSON as strangers write it, made safe to parse: Python's bare `NaN`, `Infinity` and `-Infinity` become
/// `null`. Throws `invalid_input` naming the line where arrays and objects nest over 64 deep.
std::string prepare_json(std::string_view text);

/// The line, from 1, on which byte `offset` of `text` stands.
std::size_t line_of(std::string_view text, std::size_t offset);

}  // namespace reelwright::transcript

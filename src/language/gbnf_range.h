#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace reelwright::language {

/// A GBNF expression, in brackets, for the integers from `least` to `most` without leading zeros, both at
/// most 15 digits long: no double leaves any of those out.
std::string integer_range(std::optional<std::int64_t> least, std::optional<std::int64_t> most);

}  // namespace reelwright::language

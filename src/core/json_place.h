#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reelwright::core {

/// Where byte `offset` of a JSON text stands, as a path of members and places: `edits[0].crop[2].time`; empty
/// at the top. Of a text that is broken before `offset` it tells what can be told.
std::string json_place(std::string_view text, std::size_t offset);

}  // namespace reelwright::core

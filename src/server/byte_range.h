#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace reelwright::server {

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  bool operator==(const ByteRange&) const = default;
};

enum class RangeResult {
  whole,  ///< no range, one that is not understood, or several: all of the file is sent (RFC 9110, 14.2)
  part,
  unsatisfiable,  ///< begins behind the end
};

/// What the header `Range` asks of a file of `size` bytes; `range` is set to what to send.
RangeResult parse_range(std::string_view header, std::uint64_t size, ByteRange& range);

}  // namespace reelwright::server

#include "server/byte_range.h"

#include <algorithm>
#include <charconv>

namespace reelwright::server {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  if (text.empty() || end != text.end()) return {};
  if (error == std::errc::result_out_of_range) return UINT64_MAX;
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}

}  // namespace

RangeResult parse_range(std::string_view header, std::uint64_t size, ByteRange& range) {
  range = {0, size};
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit) || header.contains(',')) return RangeResult::whole;
  header.remove_prefix(unit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return RangeResult::whole;
  const auto first = number(header.substr(0, dash));
  const auto last = number(header.substr(dash + 1));
  if (!first && !last) return RangeResult::whole;
  if (!first) {  // the last so many bytes
    if (*last == 0 || size == 0) return RangeResult::unsatisfiable;
    range.length = std::min(*last, size);
    range.offset = size - range.length;
    return RangeResult::part;
  }
  if (dash + 1 < header.size() && (!last || *last < *first)) return RangeResult::whole;
  if (*first >= size) return RangeResult::unsatisfiable;
  range.offset = *first;
  range.length = std::min(last.value_or(UINT64_MAX), size - 1) - *first + 1;
  return RangeResult::part;
}

}  // namespace reelwright::server

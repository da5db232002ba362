#include "language/gbnf_range.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace reelwright::language {

namespace {

constexpr std::int64_t largest = 999'999'999'999'999;

std::string digit(char from, char to) {
  return from == to ? fmt::format("\"{}\"", from) : fmt::format("[{}-{}]", from, to);
}

std::string any_digits(std::size_t count) { return count == 0 ? "" : fmt::format(" [0-9]{{{}}}", count); }

/// Numbers of as many digits as both bounds have, which may begin with zeros.
std::string same_length(std::string_view low, std::string_view high) {
  if (low.empty()) return "";
  const std::string_view low_rest = low.substr(1), high_rest = high.substr(1);
  const bool from_first = low_rest.find_first_not_of('0') == std::string_view::npos;
  const bool to_last = high_rest.find_first_not_of('9') == std::string_view::npos;
  if (from_first && to_last) return digit(low[0], high[0]) + any_digits(low_rest.size());
  if (low[0] == high[0])
    return fmt::format("{} ({})", digit(low[0], low[0]), same_length(low_rest, high_rest));
  // The first digit as in the lower bound, between both, as in the upper bound.
  const std::string zeros(low_rest.size(), '0'), nines(low_rest.size(), '9');
  const char from = from_first ? low[0] : static_cast<char>(low[0] + 1);
  const char to = to_last ? high[0] : static_cast<char>(high[0] - 1);
  std::vector<std::string> parts;
  if (!from_first) parts.push_back(digit(low[0], low[0]) + " (" + same_length(low_rest, nines) + ")");
  if (from <= to) parts.push_back(digit(from, to) + any_digits(low_rest.size()));
  if (!to_last) parts.push_back(digit(high[0], high[0]) + " (" + same_length(zeros, high_rest) + ")");
  return fmt::format("{}", fmt::join(parts, " | "));
}

/// Adds the numbers from `low` to `high`, none of them negative, one alternative for each length.
void add_lengths(std::vector<std::string>& parts, std::string_view sign, std::int64_t low,
                 std::int64_t high) {
  while (low <= high) {
    const std::string from = std::to_string(low);
    const std::int64_t end = std::min<std::int64_t>(high, std::stoll(std::string(from.size(), '9')));
    parts.push_back(fmt::format("{}({})", sign, same_length(from, std::to_string(end))));
    low = end + 1;
  }
}

}  // namespace

std::string integer_range(std::optional<std::int64_t> least, std::optional<std::int64_t> most) {
  const std::int64_t low = std::clamp(least.value_or(-largest), -largest, largest);
  const std::int64_t high = std::clamp(most.value_or(largest), low, largest);
  if (low == -largest && high == largest) return R"(("0" | "-"? [1-9] [0-9]{0,14}))";
  std::vector<std::string> parts;
  if (low < 0) add_lengths(parts, "\"-\" ", std::max<std::int64_t>(1, -high), -low);
  add_lengths(parts, "", std::max<std::int64_t>(0, low), high);
  return fmt::format("({})", fmt::join(parts, " | "));
}

}  // namespace reelwright::language

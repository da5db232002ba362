#include "transcript/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace reelwright::transcript {

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\f\v";
  const std::size_t from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

std::optional<std::int64_t> parse_number(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || digits.front() == '-') return {};
  return number;
}

// "5" is half a second, "005" five milliseconds; more digits than microseconds are cut off.
std::optional<core::Time> parse_fraction(std::string_view digits) {
  std::string six(digits.substr(0, 6));
  six.resize(6, '0');
  const auto number = parse_number(six);
  if (!number || digits.find_first_not_of("0123456789") != std::string_view::npos) return {};
  return core::Time{*number};
}

// Hours, minutes and seconds; the hours may be missing.
std::optional<core::Time> parse_whole(std::string_view text) {
  core::Time sum{};
  int fields = 0;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view field = text.substr(0, colon);
    const auto number = field.empty() ? std::nullopt : parse_number(field);
    if (!number || *number > latest_time / std::chrono::seconds(1) || (fields > 0 && *number > 59)) return {};
    sum = sum * 60 + std::chrono::seconds(*number);
    ++fields;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (fields == 3) return {};
  }
  if (fields < 2) return {};
  return sum;
}

}  // namespace

std::optional<core::Time> parse_clock(std::string_view text) {
  text = trimmed(text);
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find_first_of(",.");
  const auto whole = parse_whole(text.substr(0, point));
  const auto fraction =
      point == std::string_view::npos ? core::Time{} : parse_fraction(text.substr(point + 1));
  if (!whole || !fraction || *whole > latest_time) return {};
  return negative ? core::Time{} : *whole + *fraction;
}

std::string format_clock(core::Time time, char point) {
  const std::int64_t ms = (std::max(time, core::Time{}).count() + 500) / 1000;
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, point,
                     ms % 1000);
}

std::optional<core::Span> parse_cue_times(std::string_view line) {
  constexpr std::string_view arrow = "-->";
  const std::size_t at = line.find(arrow);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = trimmed(line.substr(at + arrow.size()));
  const auto from = parse_clock(line.substr(0, at));
  const auto to = parse_clock(rest.substr(0, rest.find_first_of(" \t")));
  if (!from || !to) return {};
  return core::Span{*from, *to};
}

}  // namespace reelwright::transcript

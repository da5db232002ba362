#include "net/rate_gate.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace reelwright::net {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest{60'000};

/// Milliseconds in a unit; 0 for what is none. The unit goes off the front of `text`.
double take_unit(std::string_view& text) {
  struct Unit {
    std::string_view name;
    double milliseconds;
  };
  constexpr Unit units[] = {{"ms", 1}, {"s", 1e3}, {"m", 6e4}, {"h", 3.6e6}, {"d", 8.64e7}};
  for (const Unit& unit : units) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return unit.milliseconds;
  }
  return 0;
}

}  // namespace

std::optional<milliseconds> rate_duration(std::string_view text) {
  constexpr double most = 1e12;
  double sum = 0;
  if (text.empty()) return {};
  while (!text.empty()) {
    double count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || !std::isfinite(count) || count < 0) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const double unit = take_unit(text);
    if (unit == 0) return {};
    sum += count * unit;
  }
  return milliseconds(static_cast<std::int64_t>(std::ceil(std::min(sum, most))));
}

void RateGate::note(const Headers& headers, Clock::time_point now) {
  for (const char* what : {"requests", "tokens"}) {
    const std::string* left = find_header(headers, std::string("x-ratelimit-remaining-") + what);
    const std::string* reset = find_header(headers, std::string("x-ratelimit-reset-") + what);
    if (!left || *left != "0" || !reset) continue;
    const auto wait = rate_duration(*reset);
    if (!wait) continue;
    const std::lock_guard lock(mutex_);
    open_at_ = std::max(open_at_, now + std::min(*wait, longest));
  }
}

milliseconds RateGate::wait(Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  return std::max(milliseconds{}, std::chrono::ceil<milliseconds>(open_at_ - now));
}

}  // namespace reelwright::net

#include "net/backoff.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "net/http_date.h"

namespace reelwright::net {

namespace {

using std::chrono::milliseconds;

std::optional<double> number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

/// None of what is negative; what is absurd is long.
std::optional<milliseconds> wait_of(double count) {
  constexpr double day = 86'400'000;
  if (count < 0) return {};
  return milliseconds(static_cast<std::int64_t>(std::ceil(std::min(count, day))));
}

}  // namespace

milliseconds backoff(const RetryRules& rules, int failures, double share) {
  milliseconds whole = rules.first;
  for (int i = 1; i < failures && whole < rules.longest; ++i) whole *= 2;
  const auto longest = static_cast<double>(std::min(whole, rules.longest).count());
  return milliseconds(static_cast<std::int64_t>(longest * std::clamp(share, 0.0, 1.0)));
}

std::optional<milliseconds> asked_wait(const Headers& headers, core::Moment now) {
  if (const std::string* text = find_header(headers, "retry-after-ms"))
    if (const auto count = number(*text)) return wait_of(*count);
  const std::string* text = find_header(headers, "retry-after");
  if (!text) return {};
  if (const auto seconds = number(*text)) return wait_of(*seconds * 1000);
  const auto date = http_date(*text);
  if (!date) return {};
  return std::max(milliseconds{}, std::chrono::ceil<milliseconds>(*date - now));
}

std::optional<bool> should_retry(const Headers& headers) {
  const std::string* text = find_header(headers, "x-should-retry");
  if (text && *text == "true") return true;
  if (text && *text == "false") return false;
  return {};
}

}  // namespace reelwright::net

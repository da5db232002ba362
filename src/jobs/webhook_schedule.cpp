#include "jobs/webhook_schedule.h"

#include <array>
#include <charconv>
#include <cstddef>

#include "net/http_date.h"

namespace reelwright::jobs {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::milliseconds, 9> pauses = {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};

/// Nobody may put us off for longer than the longest pause.
constexpr std::chrono::seconds longest = 24h;

std::optional<std::chrono::seconds> seconds_of(std::string_view text) {
  unsigned seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc::result_out_of_range) return longest;
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return std::chrono::seconds(seconds);
}

}  // namespace

std::optional<std::chrono::milliseconds> pause_after(int attempts, double share) {
  if (attempts < 1 || attempts > static_cast<int>(pauses.size())) return {};
  const std::chrono::milliseconds pause = pauses[static_cast<std::size_t>(attempts - 1)];
  return std::chrono::milliseconds(
      static_cast<long long>(static_cast<double>(pause.count()) * (0.9 + 0.2 * share)));
}

std::optional<std::chrono::seconds> retry_after(std::string_view header, core::Moment now) {
  std::optional<std::chrono::seconds> wait = seconds_of(header);
  if (const auto date = wait ? std::nullopt : net::http_date(header))
    wait = std::chrono::ceil<std::chrono::seconds>(*date - now);
  if (!wait || *wait <= 0s) return {};
  return std::min(*wait, longest);
}

}  // namespace reelwright::jobs

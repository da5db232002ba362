#include "media/frame_rate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "media/av.h"

namespace reelwright::media {

namespace {

constexpr std::array<FrameRate, 5> standard_rates{{{24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}, {30, 1}}};

constexpr double slowest = 10;

/// Files tell their rate from rounded times, so a little is forgiven. 24 and 23.976 are only a thousandth
/// apart: the nearer one counts.
constexpr double forgiven = 0.002;

std::optional<FrameRate> standard_near(double rate) {
  const auto off = [rate](const FrameRate& standard) { return std::abs(rate / standard.value() - 1); };
  const FrameRate& nearest = *std::ranges::min_element(standard_rates, {}, off);
  return off(nearest) < forgiven ? std::optional(nearest) : std::nullopt;
}

}  // namespace

std::int64_t FrameRate::frames_in(core::Time duration) const {
  return std::max<std::int64_t>(
      1, av_rescale(duration.count(), numerator, std::int64_t{1'000'000} * denominator));
}

FrameRate output_frame_rate(const VideoFacts& source) {
  const double rate = source.frame_rate;
  if (source.variable_frame_rate || !std::isfinite(rate) || rate <= 0) return {30, 1};
  for (const int divisor : {1, 2, 3, 4})
    if (const auto standard = standard_near(rate / divisor)) return *standard;
  if (rate >= 24) return {30, 1};
  if (rate < slowest) return {static_cast<int>(slowest), 1};
  const AVRational exact = av_d2q(rate, 1001);
  return {exact.num, exact.den};
}

}  // namespace reelwright::media

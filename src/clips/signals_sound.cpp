#include "clips/signals_sound.h"

#include <algorithm>
#include <cmath>

namespace reelwright::clips {

namespace {

constexpr double pause_below = 40;  // dB under the loud parts

/// The level that a tenth of the steps reach.
double loud_level(std::vector<float> decibels) {
  const auto tenth = decibels.begin() + static_cast<long>(decibels.size() / 10);
  std::ranges::nth_element(decibels, tenth, std::greater{});
  return *tenth;
}

}  // namespace

Loudness::Loudness(const media::Envelope& sound)
    : step_(sound.step), sums_(1, 0), squares_(1, 0), counts_(1, 0) {
  if (sound.decibels.empty() || sound.step <= core::Time{}) return;
  const double floor = loud_level(sound.decibels) - pause_below;
  for (const double level : sound.decibels) {
    const bool heard = level >= floor;
    sums_.push_back(sums_.back() + (heard ? level : 0));
    squares_.push_back(squares_.back() + (heard ? level * level : 0));
    counts_.push_back(counts_.back() + (heard ? 1 : 0));
  }
}

std::size_t Loudness::index(core::Time time) const {
  const auto steps = static_cast<long>(sums_.size()) - 1;
  return static_cast<std::size_t>(std::clamp<long>(time / step_, 0, steps));
}

Loudness::Level Loudness::level(core::Span span) const {
  if (!known()) return {};
  const auto from = index(span.start);
  const auto to = index(span.end);
  const double count = counts_[to] - counts_[from];
  if (to <= from || count < 1) return {};
  const double mean = (sums_[to] - sums_[from]) / count;
  return {mean, std::sqrt(std::max(0.0, (squares_[to] - squares_[from]) / count - mean * mean))};
}

}  // namespace reelwright::clips

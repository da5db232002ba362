#include "media/true_peak_limiter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace reelwright::media {

namespace {

constexpr int phases = 4;
constexpr int filter_taps = 12;
constexpr double look_ahead_seconds = 0.004;
constexpr double release_seconds = 0.06;

/// Between samples nothing rises higher above its neighbours than this in sound that is not a test signal;
/// quieter stretches need no oversampling.
constexpr float worth_a_look = 0.7F;

using Phases = std::array<std::array<float, filter_taps>, phases>;

/// A windowed sinc (Hann), cut into its phases; each passes a constant unchanged.
Phases make_phases() {
  Phases made{};
  for (int phase = 0; phase < phases; ++phase) {
    double sum = 0;
    for (int tap = 0; tap < filter_taps; ++tap) {
      const int from_middle = tap - filter_taps / 2 + 1;
      const double t = from_middle - static_cast<double>(phase) / phases;
      const double sinc = std::abs(t) < 1e-9 ? 1 : std::sin(std::numbers::pi * t) / (std::numbers::pi * t);
      const double hann = 0.5 + 0.5 * std::cos(std::numbers::pi * t / (filter_taps / 2.0));
      made[phase][tap] = static_cast<float>(sinc * std::max(0.0, hann));
      sum += made[phase][tap];
    }
    for (float& value : made[phase]) value = static_cast<float>(value / sum);
  }
  return made;
}

const Phases kernel = make_phases();

/// The highest absolute value of the signal between the middle samples of `last` (filter_taps long, oldest
/// first).
float oversampled_peak(const float* last) {
  float highest = 0;
  for (const auto& phase : kernel) {
    float value = 0;
    for (int tap = 0; tap < filter_taps; ++tap) value += phase[tap] * last[tap];
    highest = std::max(highest, std::abs(value));
  }
  return highest;
}

}  // namespace

TruePeakLimiter::TruePeakLimiter(int sample_rate, double ceiling)
    : ceiling_(static_cast<float>(ceiling)),
      look_ahead_(std::max(1, static_cast<int>(sample_rate * look_ahead_seconds))),
      release_(static_cast<float>(1 - std::exp(-1 / (release_seconds * sample_rate)))),
      window_(static_cast<std::size_t>(look_ahead_), 1.0F),
      window_sum_(look_ahead_),
      delayed_(2 * delay(), 0.0F) {
  static_assert(taps == filter_taps);
}

float TruePeakLimiter::peak_around(float left, float right) {
  for (int channel = 0; channel < 2; ++channel) {
    auto& last = history_[static_cast<std::size_t>(channel)];
    const auto place = static_cast<std::size_t>(place_);
    last[place] = last[place + taps] = channel == 0 ? left : right;
  }
  place_ = (place_ + 1) % taps;
  loud_ = std::max(std::abs(left), std::abs(right)) > ceiling_ * worth_a_look ? taps : loud_ - 1;
  if (loud_ <= 0) return 0;
  return std::max(oversampled_peak(history_[0].data() + place_),
                  oversampled_peak(history_[1].data() + place_));
}

float TruePeakLimiter::smoothed_gain(float needed) {
  if (needed < 1) {
    while (!lowest_.empty() && lowest_.back().second >= needed) lowest_.pop_back();
    lowest_.emplace_back(index_, needed);
  }
  // Two samples longer than the average: a peak between two samples is held for both.
  if (!lowest_.empty() && lowest_.front().first <= index_ - look_ahead_ - 2) lowest_.pop_front();
  const float held = lowest_.empty() ? 1.0F : lowest_.front().second;
  released_ = std::min(held, released_ + (1 - released_) * release_);
  window_sum_ += static_cast<double>(released_) - window_[oldest_gain_];
  window_[oldest_gain_] = released_;
  oldest_gain_ = (oldest_gain_ + 1) % window_.size();
  ++index_;
  return static_cast<float>(window_sum_ / look_ahead_);
}

void TruePeakLimiter::process(std::span<const float> samples, std::vector<float>& out) {
  for (std::size_t i = 0; i + 1 < samples.size(); i += 2) {
    const float peak = peak_around(samples[i], samples[i + 1]);
    const float gain = smoothed_gain(peak > ceiling_ ? ceiling_ / peak : 1.0F);
    float* place = delayed_.data() + 2 * delayed_place_;
    if (primed_ == delay()) {
      out.push_back(place[0] * gain);
      out.push_back(place[1] * gain);
    } else {
      ++primed_;
    }
    place[0] = samples[i];
    place[1] = samples[i + 1];
    delayed_place_ = (delayed_place_ + 1) % delay();
  }
}

void TruePeakLimiter::flush(std::vector<float>& out) {
  const std::vector<float> silence(2 * delay(), 0.0F);
  process(silence, out);
}

}  // namespace reelwright::media

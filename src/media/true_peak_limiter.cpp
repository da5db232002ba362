#include "media/true_peak_limiter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace reelwright::media {

namespace {

constexpr int phases = 4;
constexpr int taps = 12;
constexpr double look_ahead_seconds = 0.004;
constexpr double release_seconds = 0.06;

/// Between samples nothing rises higher above its neighbours than this in sound that is not a test signal;
/// quieter stretches need no oversampling.
constexpr float worth_a_look = 0.5F;

using Phases = std::array<std::array<float, taps>, phases>;

/// A windowed sinc (Hann), cut into its phases; each passes a constant unchanged.
Phases make_phases() {
  Phases made{};
  for (int phase = 0; phase < phases; ++phase) {
    double sum = 0;
    for (int tap = 0; tap < taps; ++tap) {
      const double t = tap - taps / 2 + 1 - static_cast<double>(phase) / phases;
      const double sinc = std::abs(t) < 1e-9 ? 1 : std::sin(std::numbers::pi * t) / (std::numbers::pi * t);
      const double hann = 0.5 + 0.5 * std::cos(std::numbers::pi * t / (taps / 2.0));
      made[phase][tap] = static_cast<float>(sinc * std::max(0.0, hann));
      sum += made[phase][tap];
    }
    for (float& value : made[phase]) value = static_cast<float>(value / sum);
  }
  return made;
}

const Phases kernel = make_phases();

/// The highest absolute value of the signal between the middle samples of `last` (taps long, oldest first).
float oversampled_peak(const float* last) {
  float highest = 0;
  for (const auto& phase : kernel) {
    float value = 0;
    for (int tap = 0; tap < taps; ++tap) value += phase[tap] * last[tap];
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
      window_sum_(look_ahead_) {
  for (auto& channel : history_) channel.assign(taps, 0.0F);
}

float TruePeakLimiter::peak_around(float left, float right) {
  float highest = 0;
  for (int channel = 0; channel < 2; ++channel) {
    std::vector<float>& last = history_[channel];
    std::shift_left(last.begin(), last.end(), 1);
    last.back() = channel == 0 ? left : right;
    const float loudest = std::ranges::max(last, {}, [](float value) { return std::abs(value); });
    if (std::abs(loudest) > ceiling_ * worth_a_look)
      highest = std::max(highest, oversampled_peak(last.data()));
  }
  return highest;
}

float TruePeakLimiter::smoothed_gain(float needed) {
  while (!lowest_.empty() && lowest_.back().second >= needed) lowest_.pop_back();
  lowest_.emplace_back(index_, needed);
  // Two samples longer than the average: a peak between two samples is held for both.
  if (lowest_.front().first <= index_ - look_ahead_ - 2) lowest_.pop_front();
  const float held = lowest_.front().second;
  released_ = std::min(held, released_ + (1 - released_) * release_);
  float& oldest = window_[static_cast<std::size_t>(index_ % look_ahead_)];
  window_sum_ += static_cast<double>(released_) - oldest;
  oldest = released_;
  ++index_;
  return static_cast<float>(window_sum_ / look_ahead_);
}

void TruePeakLimiter::process(std::span<const float> samples, std::vector<float>& out) {
  for (std::size_t i = 0; i + 1 < samples.size(); i += 2) {
    const float peak = peak_around(samples[i], samples[i + 1]);
    const float gain = smoothed_gain(peak > ceiling_ ? ceiling_ / peak : 1.0F);
    delayed_.push_back(samples[i]);
    delayed_.push_back(samples[i + 1]);
    if (delayed_.size() / 2 <= delay()) continue;
    out.push_back(delayed_[0] * gain);
    out.push_back(delayed_[1] * gain);
    delayed_.erase(delayed_.begin(), delayed_.begin() + 2);
  }
}

void TruePeakLimiter::flush(std::vector<float>& out) {
  const std::vector<float> silence(2 * delay(), 0.0F);
  process(silence, out);
}

}  // namespace reelwright::media

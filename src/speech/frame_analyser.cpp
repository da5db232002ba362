#include "speech/frame_analyser.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace reelwright::speech {

namespace {

constexpr int shortest_lag = 10;  // 400 Hz at 4 kHz
constexpr int longest_lag = 57;   // 70 Hz
constexpr int correlated = 100;   // samples a lag is judged on: 25 ms
constexpr float voiced_peak = 0.6F;
constexpr float too_quiet_for_pitch = -65;

// Low-pass at 1.6 kHz, windowed sinc (Hamming), unit gain at DC.
template <std::size_t Taps>
std::array<float, Taps> make_lowpass() {
  std::array<float, Taps> h{};
  constexpr double cutoff = 1600.0 / sample_rate;
  const double middle = (Taps - 1) / 2.0;
  for (std::size_t i = 0; i < Taps; ++i) {
    const double x = static_cast<double>(i) - middle;
    const double sinc =
        x == 0 ? 2 * cutoff : std::sin(2 * std::numbers::pi * cutoff * x) / (std::numbers::pi * x);
    const double hamming = 0.54 - 0.46 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / (Taps - 1));
    h[i] = static_cast<float>(sinc * hamming);
  }
  const float sum = std::accumulate(h.begin(), h.end(), 0.0F);
  for (float& tap : h) tap /= sum;
  return h;
}

float dot(const float* a, const float* b, int n) {
  // Four sums, so that the compiler may use vectors without reordering one.
  float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (int i = 0; i + 3 < n; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  return s0 + s1 + s2 + s3;
}

}  // namespace

std::int16_t to_int16(float sample) {
  if (!std::isfinite(sample)) return 0;
  return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
}

void FrameAnalyser::feed(std::span<const float> samples, std::vector<Frame>& into) {
  for (const float raw : samples) {
    const float sample = std::isfinite(raw) ? std::clamp(raw, -1.0F, 1.0F) : 0.0F;
    // One-pole high-pass at about 80 Hz: mains hum and table thumps are no speech.
    highpass_ = 0.969F * (highpass_ + sample - previous_);
    if (std::abs(highpass_) < 1e-9F) highpass_ = 0;  // denormals are slow
    previous_ = sample;
    energy_ += static_cast<double>(highpass_) * highpass_;
    recent_[position_ % taps] = highpass_;
    ++position_;
    if (position_ % decimation == 0) add_decimated();
    if (position_ % frame_samples == 0) into.push_back(finish_frame());
  }
}

void FrameAnalyser::add_decimated() {
  static const auto lowpass = make_lowpass<taps>();
  const std::size_t oldest = position_ % taps;
  float sum = 0;
  for (std::size_t i = 0; i < taps; ++i) sum += lowpass[i] * recent_[(oldest + i) % taps];
  std::shift_left(low_.begin(), low_.end(), 1);
  low_.back() = sum;
}

Frame FrameAnalyser::finish_frame() {
  Frame frame;
  const double power = energy_ / frame_samples;
  energy_ = 0;
  if (power > 1e-12) frame.level = static_cast<float>(10 * std::log10(power));
  if (frame.level > too_quiet_for_pitch) frame.pitch = find_pitch();
  return frame;
}

float FrameAnalyser::find_pitch() const {
  const float* const x = low_.data();
  const float energy = dot(x, x, correlated);
  std::array<float, longest_lag + 1> peak{};
  for (int lag = shortest_lag - 1; lag <= longest_lag; ++lag) {
    const float lagged = dot(x + lag, x + lag, correlated);
    peak[static_cast<std::size_t>(lag)] = dot(x, x + lag, correlated) / std::sqrt(energy * lagged + 1e-12F);
  }
  for (std::size_t lag = shortest_lag; lag < longest_lag; ++lag) {
    const float before = peak[lag - 1];
    const float here = peak[lag];
    const float after = peak[lag + 1];
    if (here <= voiced_peak || here < before || here < after) continue;
    // The top of the parabola through the three is the pitch to a fraction of a sample.
    const float bend = before - 2 * here + after;
    const float shift = bend < 0 ? 0.5F * (before - after) / bend : 0;
    return static_cast<float>(sample_rate) / decimation / (static_cast<float>(lag) + shift);
  }
  return 0;
}

}  // namespace reelwright::speech

#include "media/loudness.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <new>

namespace reelwright::media {

namespace {

/// More would make a room's noise out of a whisper.
constexpr double most_boost = 24;

constexpr double no_peak = -100;

}  // namespace

struct LoudnessMeter::State {
  ebur128_state* meter;
  bool true_peak;
  State(ebur128_state* made, bool between_samples) : meter(made), true_peak(between_samples) {}
  ~State() { ebur128_destroy(&meter); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

LoudnessMeter::LoudnessMeter(int sample_rate, bool true_peak) {
  const int mode = EBUR128_MODE_I | EBUR128_MODE_HISTOGRAM |
                   (true_peak ? EBUR128_MODE_TRUE_PEAK : EBUR128_MODE_SAMPLE_PEAK);
  ebur128_state* meter = ebur128_init(2, static_cast<unsigned long>(sample_rate), mode);
  if (!meter) throw std::bad_alloc();
  state_ = std::make_unique<State>(meter, true_peak);
}
LoudnessMeter::~LoudnessMeter() = default;
LoudnessMeter::LoudnessMeter(LoudnessMeter&&) noexcept = default;
LoudnessMeter& LoudnessMeter::operator=(LoudnessMeter&&) noexcept = default;

void LoudnessMeter::add(std::span<const float> samples) {
  if (ebur128_add_frames_float(state_->meter, samples.data(), samples.size() / 2) != EBUR128_SUCCESS)
    throw std::bad_alloc();
}

double LoudnessMeter::loudness() const {
  double loudness = 0;
  ebur128_loudness_global(state_->meter, &loudness);
  return std::isfinite(loudness) ? std::max(loudness, silence_lufs) : silence_lufs;
}

double LoudnessMeter::peak() const {
  double highest = 0;
  for (unsigned channel = 0; channel < 2; ++channel) {
    double peak = 0;
    const auto read = state_->true_peak ? ebur128_true_peak : ebur128_sample_peak;
    if (read(state_->meter, channel, &peak) == EBUR128_SUCCESS) highest = std::max(highest, peak);
  }
  return highest > 0 ? std::max(no_peak, 20 * std::log10(highest)) : no_peak;
}

double gain_towards(double target, double loudness) {
  return loudness <= silence_lufs ? 0 : std::min(target - loudness, most_boost);
}

double decibels_to_factor(double decibels) { return std::pow(10.0, decibels / 20); }

}  // namespace reelwright::media

#pragma once

#include <memory>
#include <span>

namespace reelwright::media {

/// Below this there is nothing to hear: the absolute gate of ITU-R BS.1770.
inline constexpr double silence_lufs = -70;

/// Measures integrated loudness (ITU-R BS.1770, EBU R128) and peak of stereo sound
/// (libebur128).
class LoudnessMeter {
 public:
  LoudnessMeter(int sample_rate, bool true_peak);
  ~LoudnessMeter();
  LoudnessMeter(LoudnessMeter&&) noexcept;
  LoudnessMeter& operator=(LoudnessMeter&&) noexcept;

  /// Interleaved stereo.
  void add(std::span<const float> samples);

  /// Integrated loudness so far in LUFS, `silence_lufs` for silence.
  double loudness() const;

  /// The higher of the channels' peaks so far in dB of full scale, -100 for silence: of the samples, or
  /// between them too (dBTP) where asked for.
  double peak() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The gain in dB that brings `loudness` to `target`: nothing for silence, never more than 24 dB up.
double gain_towards(double target, double loudness);

double decibels_to_factor(double decibels);

}  // namespace reelwright::media

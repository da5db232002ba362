#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <span>
#include <utility>
#include <vector>

namespace reelwright::media {

/// Keeps the true peak of stereo sound under a ceiling without audible pumping.
///
/// Look-ahead limiter after Luff ("Designing a straightforward limiter", 2022): the gain each sample needs,
/// held down over the look-ahead by a sliding minimum (van Herk 1992; here the deque of Lemire 2006), let go
/// exponentially, smoothed by a moving average of the same length, so that it has arrived when the peak
/// comes. The peak between samples is seen on a fourfold oversampled signal (ITU-R BS.1770-4, annex 2). Both
/// channels get one gain.
class TruePeakLimiter {
 public:
  /// `ceiling` as a factor of full scale.
  TruePeakLimiter(int sample_rate, double ceiling);

  /// Limits interleaved stereo in order; appends to `out`, which lags `delay()` samples a channel behind.
  void process(std::span<const float> samples, std::vector<float>& out);

  /// Appends what is still delayed.
  void flush(std::vector<float>& out);

  std::size_t delay() const { return static_cast<std::size_t>(look_ahead_) + latency; }

 private:
  static constexpr int latency = 6;  ///< samples by which the oversampling filter lags
  static constexpr int taps = 12;    ///< of the oversampling filter's phases

  /// The highest value of both channels between the middle samples of the last `taps`.
  float peak_around(float left, float right);
  float smoothed_gain(float needed);

  float ceiling_;
  int look_ahead_;
  float release_;
  std::array<std::array<float, std::size_t{2} * taps>, 2>
      history_{};                              ///< of each channel, written twice, so that it lies in order
  int place_ = 0;                              ///< of the oldest sample in it
  int loud_ = 0;                               ///< for so many more samples peaks have to be looked for
  std::deque<std::pair<long, float>> lowest_;  ///< gains under one that are needed, rising
  long index_ = 0;
  float released_ = 1;
  std::vector<float> window_;  ///< gains of the moving average
  std::size_t oldest_gain_ = 0;
  double window_sum_ = 0;
  std::vector<float> delayed_;  ///< a ring of stereo samples
  std::size_t delayed_place_ = 0;
  std::size_t primed_ = 0;  ///< samples in the ring so far
};

}  // namespace reelwright::media

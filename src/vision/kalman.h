#pragma once

#include <span>
#include <vector>

namespace reelwright::vision {

/// A Kalman filter (1960) of one coordinate that moves with nearly constant velocity; white noise on the
/// acceleration.
class Kalman {
 public:
  /// `acceleration`: deviation of the acceleration's noise, units / s^2; `measurement`: deviation of a
  /// measurement.
  Kalman(double value, double acceleration, double measurement);

  /// Moves on by `seconds` >= 0.
  void predict(double seconds);
  void correct(double measured);

  double value() const { return value_; }
  double velocity() const { return velocity_; }
  /// Deviation of what is expected to be measured next.
  double deviation() const;

 private:
  friend std::vector<double> smooth(std::span<const double>, std::span<const double>, double, double);

  double value_;
  double velocity_ = 0;
  double variance_;  ///< covariance: [variance_, cross_; cross_, speed_variance_]
  double cross_ = 0;
  double speed_variance_;
  double acceleration_;
  double measurement_;
};

/// All measurements at once: the Rauch-Tung-Striebel smoother (1965) over the filter above. `times` in
/// seconds, rising, as many as `values`.
std::vector<double> smooth(std::span<const double> times, std::span<const double> values, double acceleration,
                           double measurement);

}  // namespace reelwright::vision

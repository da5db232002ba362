#include "vision/kalman.h"

#include <cmath>

namespace reelwright::vision {

Kalman::Kalman(double value, double acceleration, double measurement)
    : value_(value),
      variance_(measurement * measurement),
      speed_variance_(acceleration * acceleration),
      acceleration_(acceleration),
      measurement_(measurement) {}

void Kalman::predict(double seconds) {
  const double t = seconds;
  const double noise = acceleration_ * acceleration_;
  value_ += t * velocity_;
  variance_ += t * (2 * cross_ + t * speed_variance_) + noise * t * t * t * t / 4;
  cross_ += t * speed_variance_ + noise * t * t * t / 2;
  speed_variance_ += noise * t * t;
}

void Kalman::correct(double measured) {
  const double innovation = measured - value_;
  const double total = variance_ + measurement_ * measurement_;
  const double gain = variance_ / total;
  const double speed_gain = cross_ / total;
  value_ += gain * innovation;
  velocity_ += speed_gain * innovation;
  speed_variance_ -= speed_gain * cross_;
  cross_ *= 1 - gain;
  variance_ *= 1 - gain;
}

double Kalman::deviation() const { return std::sqrt(variance_ + measurement_ * measurement_); }

std::vector<double> smooth(std::span<const double> times, std::span<const double> values, double acceleration,
                           double measurement) {
  if (values.empty()) return {};
  std::vector<Kalman> filtered;
  std::vector<Kalman> predicted;  // predicted[i] is what filtered[i - 1] says of the moment i
  Kalman state(values[0], acceleration, measurement);
  filtered.push_back(state);
  predicted.push_back(state);
  for (std::size_t i = 1; i < values.size(); ++i) {
    state.predict(times[i] - times[i - 1]);
    predicted.push_back(state);
    state.correct(values[i]);
    filtered.push_back(state);
  }

  std::vector<double> result(values.size());
  double value = filtered.back().value_;
  double velocity = filtered.back().velocity_;
  result.back() = value;
  for (std::size_t i = values.size() - 1; i-- > 0;) {
    const Kalman& now = filtered[i];
    const Kalman& next = predicted[i + 1];
    const double t = times[i + 1] - times[i];
    // Gain = P F^T P'^-1 of 2 x 2 matrices, written out.
    const double determinant = next.variance_ * next.speed_variance_ - next.cross_ * next.cross_;
    const double a = now.variance_ + t * now.cross_;
    const double b = now.cross_;
    const double c = now.cross_ + t * now.speed_variance_;
    const double d = now.speed_variance_;
    const double ahead = value - next.value_;
    const double faster = velocity - next.velocity_;
    const double x = (next.speed_variance_ * ahead - next.cross_ * faster) / determinant;
    const double y = (next.variance_ * faster - next.cross_ * ahead) / determinant;
    value = now.value_ + a * x + b * y;
    velocity = now.velocity_ + c * x + d * y;
    result[i] = value;
  }
  return result;
}

}  // namespace reelwright::vision

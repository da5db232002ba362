#pragma once

#include <chrono>
#include <deque>
#include <optional>

namespace reelwright::jobs {

/// Guesses the seconds that are left from how fast the last minute went, so that stages which were there
/// already, and those that take longer than thought, do not spoil the guess for long.
class Forecast {
 public:
  using Clock = std::chrono::steady_clock;

  /// How far the whole is at that moment.
  void note(double fraction, Clock::time_point now) {
    if (!points_.empty() && fraction < points_.back().fraction) points_.clear();
    points_.push_back({now, fraction});
    while (points_.size() > 2 && now - points_.front().at > window) points_.pop_front();
  }

  /// Nothing before there is enough to judge by.
  std::optional<double> seconds_left(Clock::time_point now) const {
    if (points_.empty()) return {};
    const Point& first = points_.front();
    const double fraction = points_.back().fraction;
    const double seconds = std::chrono::duration<double>(now - first.at).count();
    const double gained = fraction - first.fraction;
    if (seconds < least_seconds || gained < least_gained) return {};
    return (1 - fraction) * seconds / gained;
  }

 private:
  static constexpr std::chrono::seconds window{60};
  static constexpr double least_seconds = 3;
  static constexpr double least_gained = 0.005;

  struct Point {
    Clock::time_point at;
    double fraction;
  };
  std::deque<Point> points_;
};

}  // namespace reelwright::jobs

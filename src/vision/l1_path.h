#pragma once

#include <span>
#include <vector>

namespace reelwright::vision {

/// What a smooth camera costs: the sums of its absolute speed, change of speed and change of that, a step.
struct PathWeights {
  double speed = 10;
  double acceleration = 2;
  double jerk = 8;
  double off_target = 0.002;  ///< too little to move the camera, enough to choose where it stands
};

/// A camera path along one axis: a uniform cubic B-spline, so that position, speed and acceleration are
/// continuous.
class SplinePath {
 public:
  /// `controls`: at least 4, the value at step k being (c[k] + 4 c[k + 1] + c[k + 2]) / 6.
  explicit SplinePath(std::vector<double> controls) : controls_(std::move(controls)) {}

  /// Where the camera stands at `step`, 0 to steps() - 1; beyond, where it stands at the nearer end.
  double at(double step) const;
  std::size_t steps() const { return controls_.size() - 2; }
  const std::vector<double>& controls() const { return controls_; }

 private:
  std::vector<double> controls_;
};

/// The smoothest path with low[k] <= path(k) <= high[k] at every step: the L1-optimal camera path of
/// Grundmann, Kwatra and Essa (2011), which is made of still, evenly moving and evenly speeding parts, as a
/// linear program over the spline's control points. Where one value serves all steps the path stands still,
/// as near to the mean of `target` as the limits let it. `low`, `high` and `target` are as long as each
/// other, at least 1; where low > high the middle of both is held.
SplinePath l1_path(std::span<const double> low, std::span<const double> high, std::span<const double> target,
                   const PathWeights& weights = {});

/// What `controls` cost under `weights`, without the target's part.
double path_cost(std::span<const double> controls, const PathWeights& weights);

}  // namespace reelwright::vision

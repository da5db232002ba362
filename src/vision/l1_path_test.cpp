#include "vision/l1_path.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace reelwright::vision {
namespace {

using Values = std::vector<double>;

double value_at(const Values& controls, std::size_t k) {
  return (controls[k] + 4 * controls[k + 1] + controls[k + 2]) / 6;
}

TEST(L1Path, StandsStillWhereOneValueServesAll) {
  const SplinePath path = l1_path(Values{0, 10, 5}, Values{20, 30, 15}, Values{0, 100, 0}, {});
  for (double step = 0; step <= 2; step += 0.25) EXPECT_DOUBLE_EQ(path.at(step), 15);
}

TEST(L1Path, OneStepIsHeldEverywhere) {
  const SplinePath path = l1_path(Values{3}, Values{9}, Values{4});
  EXPECT_DOUBLE_EQ(path.at(-1), 4);
  EXPECT_DOUBLE_EQ(path.at(7), 4);
}

TEST(L1Path, CrossedLimitsMeetInTheMiddle) {
  const SplinePath path = l1_path(Values{10, 0}, Values{6, 100}, Values{0, 0});
  EXPECT_NEAR(path.at(0), 8, 1e-6);
}

TEST(L1Path, StaysInsideItsLimitsWhateverTheyAre) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> step(-120, 120);
  std::uniform_real_distribution<double> room(0, 150);
  for (int round = 0; round < 25; ++round) {
    Values low, high, target;
    double centre = 500;
    for (int k = 0; k < 5 + round * 4; ++k) {
      centre += step(random);
      low.push_back(centre - room(random));
      high.push_back(centre + room(random));
      target.push_back(centre);
    }
    const SplinePath path = l1_path(low, high, target);
    ASSERT_EQ(path.steps(), low.size());
    for (std::size_t k = 0; k < low.size(); ++k) {
      EXPECT_GE(path.at(static_cast<double>(k)), low[k] - 1e-5);
      EXPECT_LE(path.at(static_cast<double>(k)), high[k] + 1e-5);
    }
  }
}

TEST(L1Path, NoPathOnAGridCostsLess) {
  const Values low{0, 0, 4};
  const Values high{1, 6, 8};
  PathWeights weights;
  weights.off_target = 0;
  double best = std::numeric_limits<double>::infinity();
  Values controls(5);
  for (int code = 0; code < 17 * 17 * 17 * 17 * 17; ++code) {
    for (int i = 0, rest = code; i < 5; ++i, rest /= 17)
      controls[static_cast<std::size_t>(i)] = rest % 17 * 0.75 - 2;
    bool inside = true;
    for (std::size_t k = 0; k < 3 && inside; ++k)
      inside = low[k] <= value_at(controls, k) && value_at(controls, k) <= high[k];
    if (inside) best = std::min(best, path_cost(controls, weights));
  }
  const double found = path_cost(l1_path(low, high, Values{0, 3, 6}, weights).controls(), weights);
  EXPECT_LE(found, best + 1e-6);
  EXPECT_GT(found, best * 0.6);  // the grid comes near, so the search was a real one
}

TEST(L1Path, AWalkIsFollowedWithoutTurningBack) {
  Values low, high, target;
  for (int k = 0; k < 100; ++k) {
    const double subject = k < 30 ? 200 : k < 60 ? 200 + (k - 30) * 30 : 1100;
    const double tremble = k % 3 * 15.0;  // a detector's noise, well inside the limits
    low.push_back(subject + tremble - 120);
    high.push_back(subject + tremble + 120);
    target.push_back(subject + tremble);
  }
  const SplinePath path = l1_path(low, high, target);
  for (double step = 0; step < 99; step += 0.1) EXPECT_GE(path.at(step + 0.1), path.at(step) - 1e-6);
  EXPECT_NEAR(path.at(20), path.at(0), 1e-6);
  EXPECT_NEAR(path.at(99), path.at(75), 1e-6);
}

TEST(L1Path, AnExcursionWithinTheLimitsDoesNotMoveTheCamera) {
  Values low(60, 400), high(60, 640), target(60, 520);
  for (std::size_t k = 20; k < 26; ++k) low[k] += 100, high[k] += 100;
  const SplinePath path = l1_path(low, high, target);
  for (double step = 0; step < 59; step += 0.5) EXPECT_DOUBLE_EQ(path.at(step), path.at(0));
}

TEST(L1Path, PositionSpeedAndAccelerationAreContinuous) {
  const SplinePath path({0, 5, 40, 42, 10, 10, 90});
  const double h = 1e-4;
  for (double knot = 1; knot <= 3; ++knot) {
    const auto speed = [&](double at) { return (path.at(at + h) - path.at(at - h)) / (2 * h); };
    const auto bend = [&](double at) {
      return (path.at(at + h) - 2 * path.at(at) + path.at(at - h)) / (h * h);
    };
    EXPECT_NEAR(path.at(knot - 1e-9), path.at(knot + 1e-9), 1e-6);
    EXPECT_NEAR(speed(knot - 2 * h), speed(knot + 2 * h), 0.1);
    EXPECT_NEAR(bend(knot - 2 * h), bend(knot + 2 * h), 0.2);
  }
}

}  // namespace
}  // namespace reelwright::vision

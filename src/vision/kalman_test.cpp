#include "vision/kalman.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace reelwright::vision {
namespace {

constexpr double step = 0.2;  // seconds

TEST(Kalman, BelievesWhatStandsStillMoreAndMore) {
  Kalman filter(100, 1, 4);
  const double at_first = filter.deviation();
  for (int i = 0; i < 30; ++i) {
    filter.predict(step);
    filter.correct(100);
  }
  EXPECT_NEAR(filter.value(), 100, 1e-9);
  EXPECT_NEAR(filter.velocity(), 0, 1e-9);
  EXPECT_LT(filter.deviation(), at_first);
  EXPECT_GE(filter.deviation(), 4) << "it cannot be surer of a measurement than the measurement is";
}

TEST(Kalman, LearnsAVelocityAndGoesOnWithIt) {
  Kalman filter(0, 5, 1);
  for (int i = 1; i <= 50; ++i) {
    filter.predict(step);
    filter.correct(30 * step * i);
  }
  EXPECT_NEAR(filter.velocity(), 30, 0.5);
  const double last = filter.value();
  filter.predict(2);
  EXPECT_NEAR(filter.value(), last + 60, 1.5);
}

TEST(Kalman, IsLessSureTheLongerItSeesNothing) {
  Kalman filter(0, 5, 1);
  double before = filter.deviation();
  for (int i = 0; i < 5; ++i) {
    filter.predict(1);
    EXPECT_GT(filter.deviation(), before);
    before = filter.deviation();
  }
}

TEST(Kalman, TimeThatDoesNotPassChangesNothing) {
  Kalman filter(7, 5, 1);
  const double before = filter.deviation();
  filter.predict(0);
  EXPECT_EQ(filter.value(), 7);
  EXPECT_EQ(filter.deviation(), before);
}

TEST(Smooth, OfNothingIsNothingAndOfOneIsItself) {
  EXPECT_TRUE(smooth({}, {}, 1, 1).empty());
  EXPECT_EQ(smooth(std::vector{3.0}, std::vector{42.0}, 1, 1), std::vector{42.0});
}

TEST(Smooth, AStraightLineStaysOne) {
  std::vector<double> times;
  std::vector<double> values;
  for (int i = 0; i < 40; ++i) {
    times.push_back(i * step + (i % 3) * 0.05);  // uneven times
    values.push_back(10 + 25 * times.back());
  }
  const auto smoothed = smooth(times, values, 50, 1);
  for (std::size_t i = 5; i < values.size(); ++i) EXPECT_NEAR(smoothed[i], values[i], 0.3) << i;
}

TEST(Smooth, TakesTheTrembleOutAndLooksAhead) {
  std::mt19937 random(1);
  std::normal_distribution<double> tremble(0, 5);
  std::vector<double> times;
  std::vector<double> truth;
  std::vector<double> measured;
  for (int i = 0; i < 100; ++i) {
    times.push_back(i * step);
    truth.push_back(100 * std::sin(times.back() / 4));
    measured.push_back(truth.back() + tremble(random));
  }
  const auto error = [&](const std::vector<double>& values) {
    double sum = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) sum += std::pow(values[i] - truth[i], 2);
    return std::sqrt(sum / static_cast<double>(truth.size()));
  };
  std::vector<double> filtered;
  Kalman filter(measured[0], 10, 5);
  for (std::size_t i = 0; i < measured.size(); ++i) {
    if (i > 0) filter.predict(step);
    if (i > 0) filter.correct(measured[i]);
    filtered.push_back(filter.value());
  }
  const auto smoothed = smooth(times, measured, 10, 5);
  EXPECT_LT(error(smoothed), 0.6 * error(measured));
  EXPECT_LT(error(smoothed), error(filtered)) << "it knows what comes after";
}

}  // namespace
}  // namespace reelwright::vision

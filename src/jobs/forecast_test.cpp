#include "jobs/forecast.h"

#include <gtest/gtest.h>

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;

class ForecastTest : public ::testing::Test {
 protected:
  /// So many seconds of work at a pace of `share` a second.
  void go(int seconds, double share) {
    for (int i = 0; i < seconds; ++i) {
      now += 1s;
      fraction += share;
      forecast.note(fraction, now);
    }
  }

  Forecast::Clock::time_point now{};
  double fraction = 0;
  Forecast forecast;
};

TEST_F(ForecastTest, NothingIsSaidTooEarly) {
  EXPECT_FALSE(forecast.seconds_left(now).has_value());
  go(2, 0.01);
  EXPECT_FALSE(forecast.seconds_left(now).has_value());
  go(20, 0);
  EXPECT_TRUE(forecast.seconds_left(now).has_value());
}

TEST_F(ForecastTest, AnEvenPaceGoesOn) {
  go(50, 0.01);
  EXPECT_NEAR(forecast.seconds_left(now).value(), 50, 1);
}

TEST_F(ForecastTest, WhatWasThereAlreadyIsForgotten) {
  go(1, 0.6);
  go(70, 0.002);
  EXPECT_NEAR(forecast.seconds_left(now).value(), 0.26 / 0.002, 5);
}

TEST_F(ForecastTest, AStandstillMakesItLonger) {
  go(30, 0.01);
  const double before = forecast.seconds_left(now).value();
  EXPECT_GT(forecast.seconds_left(now + 30s).value(), before);
}

TEST_F(ForecastTest, AStartFromTheBeginningBeginsAnew) {
  go(30, 0.01);
  fraction = 0;
  go(1, 0);
  EXPECT_FALSE(forecast.seconds_left(now).has_value());
}

}  // namespace
}  // namespace reelwright::jobs

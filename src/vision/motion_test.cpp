#include "vision/motion.h"

#include <gtest/gtest.h>

#include <functional>

namespace reelwright::vision {
namespace {

constexpr double frame = 0.04;

// The motion of a window whose middle is a function of the frame's number.
Motion moved(int frames, const std::function<double(int)>& middle, int scene_length = 1000) {
  Motion motion(1000);
  for (int i = 0; i < frames; ++i) motion.add(middle(i), frame, i % scene_length == 0);
  return motion;
}

TEST(Motion, StandingStillIsNone) {
  const Motion still = moved(100, [](int) { return 500.0; });
  EXPECT_EQ(still.turns_a_second(), 0);
  EXPECT_EQ(still.jerk(), 0);
  EXPECT_EQ(moved(1, [](int) { return 500.0; }).turns_a_second(), 0);
  EXPECT_EQ(Motion(1000).jerk(), 0);
}

TEST(Motion, CountsTurnsNotPauses) {
  const auto there_and_back = [](int i) { return i < 40 ? i : i < 60 ? 40.0 : 100.0 - i; };
  EXPECT_NEAR(moved(100, there_and_back).turns_a_second(), 1 / (99 * frame), 1e-9);
  const auto on_and_on = [](int i) { return i < 40 ? i : i < 60 ? 40.0 : i - 20.0; };
  EXPECT_EQ(moved(100, on_and_on).turns_a_second(), 0);
}

TEST(Motion, ATrembleBelowAPixelsFiftiethIsNoTurn) {
  EXPECT_EQ(moved(100, [](int i) { return 500 + 0.01 * (i % 2); }).turns_a_second(), 0);
}

TEST(Motion, ACutIsNeitherATurnNorAJerk) {
  const auto jumps = [](int i) { return i < 50 ? i : 900.0 - i; };
  const Motion motion = moved(100, jumps, 50);
  EXPECT_EQ(motion.turns_a_second(), 0);
  EXPECT_NEAR(motion.jerk(), 0, 1e-6);
}

TEST(Motion, JerkIsTheThirdDerivativeInWidths) {
  const auto cubic = [](int i) { return 1000 * i * frame * i * frame * i * frame; };
  EXPECT_NEAR(moved(50, cubic).jerk(), 6, 1e-6);
}

}  // namespace
}  // namespace reelwright::vision

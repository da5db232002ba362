#include "vision/shot_detector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace reelwright::vision {
namespace {

using core::Time;

constexpr Time frame{40'000};

/// A picture with a pattern of its own for each `scene`, some noise, and `light` added.
media::Picture picture(int scene, int light = 0, unsigned seed = 0) {
  media::Picture result{128, 72, 1, {}};
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> noise(-3, 3);
  for (int y = 0; y < 72; ++y) {
    for (int x = 0; x < 128; ++x) {
      const double wave = std::sin(x * 0.04 * (scene + 1)) + std::cos(y * 0.05 * (scene + 2) + scene);
      const int value = 110 + static_cast<int>(wave * 40) + light + noise(random);
      result.pixels.push_back(static_cast<unsigned char>(std::clamp(value, 0, 255)));
    }
  }
  return result;
}

media::Picture plain(int level) {
  return {128, 72, 1, std::vector<unsigned char>(128 * 72, static_cast<unsigned char>(level))};
}

TEST(ShotDetector, FindsCutsAtTheTrueTimesOfUnevenFrames) {
  ShotDetector detector;
  std::vector<Time> expected;
  Time time{0};
  for (int i = 0; i < 90; ++i) {
    time += i % 3 == 0 ? Time{17'000} : Time{66'123};  // a variable rate
    if (i == 30 || i == 61) expected.push_back(time);
    detector.add(picture(i < 30 ? 0 : i < 61 ? 1 : 2, 0, static_cast<unsigned>(i)), time);
  }
  EXPECT_EQ(detector.finish(), expected);
}

TEST(ShotDetector, SaysAtOnceWhereAShotMayBegin) {
  ShotDetector detector;
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(detector.add(picture(i / 10, 0, static_cast<unsigned>(i)), frame * i), i == 10) << i;
}

TEST(ShotDetector, AFlashIsNoCut) {
  ShotDetector detector;
  for (int i = 0; i < 60; ++i)
    detector.add(picture(0, i == 25 || i == 26 ? 120 : 0, static_cast<unsigned>(i)), frame * i);
  EXPECT_TRUE(detector.finish().empty());
}

TEST(ShotDetector, SlowlyChangingLightIsNoCut) {
  ShotDetector detector;
  for (int i = 0; i < 80; ++i)
    detector.add(picture(0, i < 40 ? i * 2 : 160 - i * 2, static_cast<unsigned>(i)), frame * i);
  EXPECT_TRUE(detector.finish().empty());
}

TEST(ShotDetector, FastMotionIsNoCut) {
  ShotDetector detector;
  for (int i = 0; i < 60; ++i) {
    media::Picture moving = picture(1);
    std::rotate(moving.pixels.begin(), moving.pixels.begin() + (i * 9) % 128, moving.pixels.end());
    detector.add(moving, frame * i);
  }
  EXPECT_TRUE(detector.finish().empty());
}

TEST(ShotDetector, AFadeThroughBlackIsACutAtItsDarkestFrame) {
  ShotDetector detector;
  for (int i = 0; i <= 40; ++i) detector.add(plain(16 + std::abs(20 - i) * 8), frame * i);
  EXPECT_EQ(detector.finish(), std::vector<Time>{frame * 20});
}

TEST(ShotDetector, BlackAtTheStartIsNoCut) {
  ShotDetector detector;
  for (int i = 0; i < 40; ++i) detector.add(plain(i < 15 ? 16 : 16 + (i - 15) * 4), frame * i);
  EXPECT_TRUE(detector.finish().empty());
}

TEST(ShotDetector, NothingAndOneFrameHaveNoCut) {
  EXPECT_TRUE(ShotDetector().finish().empty());
  ShotDetector one;
  EXPECT_FALSE(one.add(picture(0), Time{0}));
  EXPECT_TRUE(one.finish().empty());
}

}  // namespace
}  // namespace reelwright::vision

#include "vision/pixels.h"

#include <gtest/gtest.h>

namespace reelwright::vision {
namespace {

// Grey levels that rise from left to right by `step` a pixel.
media::Picture ramp(int width, int height, int step) {
  media::Picture picture{width, height, 1, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) picture.pixels.push_back(static_cast<unsigned char>(x * step));
  return picture;
}

TEST(Shrunk, AveragesWhatIsInTheBox) {
  const media::Picture picture = ramp(64, 32, 2);
  EXPECT_EQ(shrunk(picture, {0, 0, 64, 32}, 2, 1), (Pixels{31, 95}));
  EXPECT_EQ(shrunk(picture, {32, 8, 32, 16}, 1, 1), Pixels{95});
  EXPECT_EQ(shrunk(picture, 4, 1), shrunk(picture, {0, 0, 64, 32}, 4, 1));
}

TEST(Shrunk, LeavesAwayWhatIsOutside) {
  const media::Picture picture = ramp(64, 32, 2);
  EXPECT_EQ(shrunk(picture, {-64, -10, 128, 100}, 2, 1), shrunk(picture, 2, 1));
  EXPECT_TRUE(shrunk(picture, {64, 0, 10, 10}, 2, 2).empty());
  EXPECT_TRUE(shrunk(picture, {-20, 0, 10, 10}, 2, 2).empty());
  EXPECT_TRUE(shrunk(picture, {5, 5, 0, 0}, 2, 2).empty());
}

TEST(MeanDifference, IsInGreyLevels) {
  EXPECT_EQ(mean_difference({10, 20}, {14, 12}), 6);
  EXPECT_EQ(mean_difference({7, 7, 7}, {7, 7, 7}), 0);
  EXPECT_EQ(mean_difference({0}, {255}), 255);
}

TEST(MeanDifference, WhatCannotBeComparedIsAllDifferent) {
  EXPECT_EQ(mean_difference({}, {}), 255);
  EXPECT_EQ(mean_difference({1}, {1, 1}), 255);
}

}  // namespace
}  // namespace reelwright::vision

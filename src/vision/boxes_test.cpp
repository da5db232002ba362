#include "vision/boxes.h"

#include <gtest/gtest.h>

#include "vision/pixels.h"

namespace reelwright::vision {
namespace {

TEST(Boxes, GrowAboutTheirCentreAndScaleAboutTheOrigin) {
  constexpr Box box{10, 20, 30, 40};
  static_assert(centre_x(box) == 25 && centre_y(box) == 40 && area(box) == 1200);
  EXPECT_EQ(grown(box, 2), (Box{-5, 0, 60, 80}));
  EXPECT_EQ(scaled(box, 2), (Box{20, 40, 60, 80}));
  EXPECT_EQ(around(25, 40, 30, 40), box);
}

TEST(Boxes, OverlapIsIntersectionOverUnion) {
  constexpr Box box{0, 0, 10, 10};
  EXPECT_DOUBLE_EQ(overlap(box, box), 1);
  EXPECT_DOUBLE_EQ(overlap(box, {5, 0, 10, 10}), 50.0 / 150);
  EXPECT_DOUBLE_EQ(overlap(box, {2, 2, 5, 5}), 0.25) << "one inside the other";
  EXPECT_DOUBLE_EQ(overlap(box, {10, 0, 10, 10}), 0) << "they only touch";
  EXPECT_DOUBLE_EQ(overlap(box, {20, 20, 10, 10}), 0) << "apart both ways";
}

TEST(Boxes, TheHullHoldsBoth) {
  EXPECT_EQ(hull({0, 5, 10, 10}, {20, 0, 5, 5}), (Box{0, 0, 25, 15}));
  EXPECT_EQ(hull({0, 0, 10, 10}, {2, 2, 3, 3}), (Box{0, 0, 10, 10}));
}

TEST(Boxes, ClippingKeepsWhatIsInThePicture) {
  EXPECT_EQ(clipped({-10, -20, 50, 50}, 100, 60), (Box{0, 0, 40, 30}));
  EXPECT_EQ(clipped({80, 50, 50, 50}, 100, 60), (Box{80, 50, 20, 10}));
  EXPECT_EQ(area(clipped({200, 10, 50, 50}, 100, 60)), 0) << "outside";
}

// 4 x 2: the left half 10, the right half 90.
const media::Picture halves{
    .width = 4, .height = 2, .channels = 1, .pixels = {10, 10, 90, 90, 10, 10, 90, 90}};

TEST(Pixels, AreAveragedDown) {
  EXPECT_EQ(shrunk(halves, 2, 1), (Pixels{10, 90}));
  EXPECT_EQ(shrunk(halves, 1, 1), (Pixels{50}));
  EXPECT_EQ(shrunk(halves, {2, 0, 2, 2}, 1, 1), (Pixels{90})) << "of a part";
  EXPECT_EQ(shrunk(halves, {2, 0, 50, 50}, 1, 1), (Pixels{90})) << "what lies outside is left away";
  EXPECT_TRUE(shrunk(halves, {4, 0, 2, 2}, 1, 1).empty()) << "nothing lies inside";
}

TEST(Pixels, DifferBySoManyGreyLevels) {
  EXPECT_DOUBLE_EQ(mean_difference({10, 90}, {10, 90}), 0);
  EXPECT_DOUBLE_EQ(mean_difference({10, 90}, {20, 60}), 20);
  EXPECT_DOUBLE_EQ(mean_difference({0}, {255}), 255);
  EXPECT_DOUBLE_EQ(mean_difference({}, {}), 255) << "nothing is like nothing";
  EXPECT_DOUBLE_EQ(mean_difference({1}, {1, 1}), 255);
}

}  // namespace
}  // namespace reelwright::vision

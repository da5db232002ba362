#include "vision/letterbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

namespace reelwright::vision {
namespace {

std::tuple<int, int, int, int> place_of(const Letterbox& box) {
  return {box.left, box.top, box.shown_width, box.shown_height};
}

TEST(Letterbox, KeepsTheShapeAndStandsInTheMiddle) {
  EXPECT_EQ(place_of(letterbox(1920, 1080, 640, 640)), std::tuple(0, 140, 640, 360));
  EXPECT_EQ(place_of(letterbox(1080, 1920, 640, 640)), std::tuple(140, 0, 360, 640));
  EXPECT_EQ(place_of(letterbox(640, 640, 640, 640)), std::tuple(0, 0, 640, 640));
  EXPECT_EQ(place_of(letterbox(320, 180, 640, 384)), std::tuple(0, 12, 640, 360));  // enlarged
  EXPECT_EQ(place_of(letterbox(333, 127, 256, 256)), std::tuple(0, 79, 256, 98));   // odd: 97.6 rows
  EXPECT_EQ(place_of(letterbox(4000, 3, 256, 256)), std::tuple(0, 127, 256, 1));    // never nothing
}

TEST(Letterbox, BoxesComeBackToThePicture) {
  for (const auto& [width, height] : {std::pair(1920, 1080), {1080, 1920}, {333, 127}, {61, 479}}) {
    const Letterbox place = letterbox(width, height, 640, 416);
    const Box whole{static_cast<double>(place.left), static_cast<double>(place.top),
                    static_cast<double>(place.shown_width), static_cast<double>(place.shown_height)};
    const Box back = place.in_picture(whole);
    EXPECT_NEAR(back.x, 0, 1e-9);
    EXPECT_NEAR(back.y, 0, 1e-9);
    EXPECT_NEAR(back.width, width, 1e-9);
    EXPECT_NEAR(back.height, height, 1e-9);
  }
}

TEST(Letterbox, PaintsPlanesOfRedGreenAndBlueWithPaddingAround) {
  // Two pixels: blue 10, green 20, red 30; and blue 40, green 50, red 60.
  const media::Picture picture{.width = 2, .height = 1, .channels = 3, .pixels = {10, 20, 30, 40, 50, 60}};
  const Letterbox place = letterbox(2, 1, 2, 3);
  std::vector<float> planes(3UL * 3 * 2);
  paint(picture, place, {.rgb = true, .unit = 1}, planes);
  EXPECT_THAT(planes, ::testing::ElementsAre(114, 114, 30, 60, 114, 114,  //
                                             114, 114, 20, 50, 114, 114,  //
                                             114, 114, 10, 40, 114, 114));
  paint(picture, place, {.rgb = false, .unit = 0.5, .padding = 0}, planes);
  EXPECT_THAT(planes, ::testing::ElementsAre(0, 0, 5, 20, 0, 0,   //
                                             0, 0, 10, 25, 0, 0,  //
                                             0, 0, 15, 30, 0, 0));
}

TEST(Letterbox, GreyFillsAllPlanes) {
  const media::Picture picture{.width = 1, .height = 1, .channels = 1, .pixels = {51}};
  std::vector<float> planes(3);
  paint(picture, letterbox(1, 1, 1, 1), {.rgb = true, .unit = 1 / 255.0F}, planes);
  EXPECT_THAT(planes, ::testing::Each(::testing::FloatNear(0.2F, 1e-6F)));
}

TEST(Letterbox, ScalesLinearlyBetweenPixels) {
  const media::Picture ramp{.width = 4, .height = 1, .channels = 1, .pixels = {0, 100, 200, 50}};
  std::vector<float> planes(3UL * 2);
  paint(
      ramp,
      {.width = 2, .height = 1, .shown_width = 2, .shown_height = 1, .picture_width = 4, .picture_height = 1},
      {.unit = 1}, planes);
  // The middles of the new pixels lie between the old ones.
  EXPECT_NEAR(planes[0], 50, 1);
  EXPECT_NEAR(planes[1], 125, 1);
}

}  // namespace
}  // namespace reelwright::vision

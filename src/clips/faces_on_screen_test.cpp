#include "clips/faces_on_screen.h"

#include <gtest/gtest.h>

namespace reelwright::clips {
namespace {

using std::chrono::seconds;

vision::Framing framing(vision::Layout layout, std::vector<media::Window> windows) {
  vision::Framing result;
  result.path = {1920, 1080, {{seconds(10), layout, std::move(windows)}}};
  result.faces = {{seconds(11), {{900, 200, 100, 100}}}};
  return result;
}

TEST(FacesOnScreen, FollowTheCropWindow) {
  const auto faces =
      faces_on_screen(framing(vision::Layout::crop, {{656.25, 0, 607.5, 1080}}), seconds(10), {1080, 1920});
  ASSERT_EQ(faces.size(), 1);
  EXPECT_EQ(faces[0].time, seconds(1));
  ASSERT_EQ(faces[0].boxes.size(), 1);
  EXPECT_NEAR(faces[0].boxes[0].x, (900 - 656.25) * 1080 / 607.5, 1e-6);
  EXPECT_NEAR(faces[0].boxes[0].height, 100 * 1920.0 / 1080, 1e-6);
}

TEST(FacesOnScreen, OutsideOfTheWindowAreLeftOut) {
  const auto faces =
      faces_on_screen(framing(vision::Layout::crop, {{0, 0, 607.5, 1080}}), seconds(10), {1080, 1920});
  EXPECT_TRUE(faces[0].boxes.empty());
}

TEST(FacesOnScreen, StandInTheLowerPanel) {
  const auto faces = faces_on_screen(
      framing(vision::Layout::stacked, {{0, 0, 600, 533}, {700, 100, 600, 533}}), seconds(10), {1080, 1920});
  ASSERT_EQ(faces[0].boxes.size(), 1);
  EXPECT_GE(faces[0].boxes[0].y, 960);
}

TEST(FacesOnScreen, ShrinkWithTheWholePicture) {
  const auto faces =
      faces_on_screen(framing(vision::Layout::fit, {{0, 0, 1920, 1080}}), seconds(10), {1080, 1920});
  ASSERT_EQ(faces[0].boxes.size(), 1);
  EXPECT_NEAR(faces[0].boxes[0].width, 100 * 1080.0 / 1920, 1e-6);
  EXPECT_NEAR(faces[0].boxes[0].y, (1920 - 607.5) / 2 + 200 * 0.5625, 1e-6);
}

}  // namespace
}  // namespace reelwright::clips

#include "clips/compose.h"

#include <gtest/gtest.h>

#include <cstring>

extern "C" {
#include <libavutil/frame.h>
}

#include "media/picture_pool.h"

namespace reelwright::clips {
namespace {

constexpr int source_width = 640;
constexpr int source_height = 360;

// The left half is dark (luma 60), the right half bright (200).
media::PicturePtr halves() {
  media::PicturePtr picture = media::new_picture(source_width, source_height);
  for (int y = 0; y < source_height; ++y) {
    unsigned char* row = picture->data[0] + static_cast<std::ptrdiff_t>(y) * picture->linesize[0];
    std::memset(row, 60, source_width / 2);
    std::memset(row + source_width / 2, 200, source_width / 2);
  }
  for (const int plane : {1, 2})
    std::memset(picture->data[plane], 128,
                static_cast<std::size_t>(picture->linesize[plane]) * source_height / 2);
  return picture;
}

int luma(const AVFrame& picture, int x, int y) {
  return picture.data[0][static_cast<std::ptrdiff_t>(y) * picture.linesize[0] + x];
}

class ComposerTest : public ::testing::Test {
 protected:
  media::PicturePtr compose(vision::Layout layout, const std::vector<media::Window>& windows) {
    auto picture = composer.compose(*source, {.time = {}, .layout = layout, .windows = windows});
    EXPECT_EQ(picture->width, 180);
    EXPECT_EQ(picture->height, 320);
    return picture;
  }

  const media::PicturePtr source = halves();
  Composer composer{source_width, source_height, 180, 320};
};

TEST_F(ComposerTest, ACropFillsThePicture) {
  const auto left = compose(vision::Layout::crop, {{0, 0, 202.5, 360}});
  for (const int x : {2, 90, 177})
    for (const int y : {2, 160, 317}) EXPECT_NEAR(luma(*left, x, y), 60, 2);
  const auto middle = compose(vision::Layout::crop, {{320 - 101.25, 0, 202.5, 360}});
  EXPECT_NEAR(luma(*middle, 80, 160), 60, 4);
  EXPECT_NEAR(luma(*middle, 100, 160), 200, 4);
}

TEST_F(ComposerTest, PanelsStandOneAboveTheOther) {
  const auto picture = compose(vision::Layout::stacked, {{0, 0, 202.5, 180}, {400, 0, 202.5, 180}});
  EXPECT_NEAR(luma(*picture, 90, 80), 60, 2);
  EXPECT_NEAR(luma(*picture, 90, 157), 60, 2);
  EXPECT_NEAR(luma(*picture, 90, 162), 200, 2);
  EXPECT_NEAR(luma(*picture, 90, 317), 200, 2);
}

TEST_F(ComposerTest, TheWholePictureStandsOverADarkerBackdrop) {
  const auto picture = compose(vision::Layout::fit, {{0, 0, 640, 360}});
  // 180 x 101 pixels in the middle of 320.
  EXPECT_NEAR(luma(*picture, 20, 160), 60, 3);
  EXPECT_NEAR(luma(*picture, 160, 160), 200, 3);
  for (const int y : {5, 60, 260, 315}) {
    EXPECT_LT(luma(*picture, 170, y), 190) << "the backdrop is darkened, at " << y;
    EXPECT_GT(luma(*picture, 170, y), luma(*picture, 10, y)) << "and is of the picture, at " << y;
  }
}

TEST_F(ComposerTest, WithoutWindowsTheWholeIsShown) {
  const auto given = compose(vision::Layout::fit, {{0, 0, 640, 360}});
  const auto none = compose(vision::Layout::crop, {});
  for (int y = 0; y < 320; y += 7)
    for (int x = 0; x < 180; x += 7) ASSERT_EQ(luma(*none, x, y), luma(*given, x, y)) << x << ", " << y;
}

}  // namespace
}  // namespace reelwright::clips

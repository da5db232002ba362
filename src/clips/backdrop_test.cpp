#include "clips/backdrop.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::clips {
namespace {

constexpr int width = 180;
constexpr int height = 320;
constexpr int untouched = 5;

// A picture of which only `shown` is painted: `left` grey levels in its left half, `right` in its right.
media::PicturePtr painted(const media::Panel& shown, int left, int right) {
  media::PicturePtr picture = media::new_picture(width, height);
  for (int y = 0; y < height; ++y)
    std::memset(picture->data[0] + static_cast<std::ptrdiff_t>(y) * picture->linesize[0], untouched, width);
  for (const int plane : {1, 2})
    std::memset(picture->data[plane], 128, static_cast<std::size_t>(picture->linesize[plane]) * height / 2);
  for (int y = shown.y; y < shown.y + shown.height; ++y) {
    unsigned char* row = picture->data[0] + static_cast<std::ptrdiff_t>(y) * picture->linesize[0] + shown.x;
    std::memset(row, left, static_cast<std::size_t>(shown.width) / 2);
    std::memset(row + shown.width / 2, right, static_cast<std::size_t>(shown.width) / 2);
  }
  return picture;
}

int luma(const AVFrame& picture, int x, int y) {
  return picture.data[0][static_cast<std::ptrdiff_t>(y) * picture.linesize[0] + x];
}

// Of the light of a grey level that the backdrop leaves.
int darkened(int level) { return 16 + (level - 16) * 60 / 100; }

TEST(BackdropTest, CoversWhatIsFreeAboveAndBelowAndNothingElse) {
  const media::Panel shown{0, 110, width, 100};
  const auto picture = painted(shown, 116, 116);
  Backdrop(width, height).paint(*picture, shown);
  for (int y = 0; y < height; ++y)
    for (const int x : {0, 90, width - 1}) {
      const bool inside = y >= shown.y && y < shown.y + shown.height;
      EXPECT_NEAR(luma(*picture, x, y), inside ? 116 : darkened(116), inside ? 0 : 2) << x << ", " << y;
    }
}

TEST(BackdropTest, CoversTheSidesWhereThePictureIsTooNarrow) {
  const media::Panel shown{60, 0, 60, height};
  const auto picture = painted(shown, 200, 200);
  Backdrop(width, height).paint(*picture, shown);
  EXPECT_NEAR(luma(*picture, 0, 160), darkened(200), 2);
  EXPECT_NEAR(luma(*picture, width - 1, 5), darkened(200), 2);
  EXPECT_EQ(luma(*picture, 60, 160), 200);
  EXPECT_EQ(luma(*picture, 119, 160), 200);
}

TEST(BackdropTest, ShowsTheMiddleBlurred) {
  const media::Panel shown{0, 110, width, 100};
  const auto picture = painted(shown, 16, 216);
  Backdrop(width, height).paint(*picture, shown);
  EXPECT_NEAR(luma(*picture, 3, 50), 16, 3);
  EXPECT_NEAR(luma(*picture, width - 4, 50), darkened(216), 3);
  EXPECT_NEAR(luma(*picture, width / 2, 50), darkened(116), 12) << "an edge is a slope";
  int steepest = 0;
  for (int x = 1; x < width; ++x)
    steepest = std::max(steepest, std::abs(luma(*picture, x, 50) - luma(*picture, x - 1, 50)));
  EXPECT_LE(steepest, 12);
}

TEST(BackdropTest, NothingOfWhatWasThereBeforeShowsThrough) {
  const media::Panel shown{0, 110, width, 100};
  Backdrop backdrop(width, height);
  backdrop.paint(*painted(shown, 216, 216), shown);
  const auto dark = painted(shown, 16, 16);
  backdrop.paint(*dark, shown);
  EXPECT_NEAR(luma(*dark, 90, 20), 16, 1);
}

}  // namespace
}  // namespace reelwright::clips

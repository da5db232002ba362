#include "media/window_scaler.h"

#include <gtest/gtest.h>

#include <cmath>

#include "media/picture_pool.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::media {
namespace {

/// Luma rises by `slope` a pixel to the right; colours are flat.
PicturePtr ramp(int width, int height, double slope) {
  PicturePtr picture = new_picture(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      picture->data[0][y * picture->linesize[0] + x] = static_cast<std::uint8_t>(std::lround(20 + slope * x));
  for (int plane = 1; plane < 3; ++plane)
    for (int y = 0; y < height / 2; ++y)
      std::fill_n(picture->data[plane] + y * picture->linesize[plane], width / 2, plane == 1 ? 90 : 160);
  return picture;
}

int luma(const AVFrame& picture, int x, int y) { return picture.data[0][y * picture.linesize[0] + x]; }

TEST(WindowScaler, PlacesWindowsBetweenPixels) {
  const PicturePtr source = ramp(400, 100, 0.5);
  const PicturePtr into = new_picture(200, 200);
  WindowScaler scaler;
  for (const double x : {100.0, 100.25, 101.5}) {
    scaler.scale(*source, 400, 100, {x, 0, 100, 100}, *into, {0, 0, 200, 200});
    for (const int at : {20, 100, 180}) {
      const double in_source = x + (at + 0.5) / 2 - 0.5;
      EXPECT_NEAR(luma(*into, at, 100), 20 + 0.5 * in_source, 1.0) << x;
    }
  }
  EXPECT_EQ(into->data[1][50 * into->linesize[1] + 50], 90);
  EXPECT_EQ(into->data[2][50 * into->linesize[2] + 50], 160);
}

TEST(WindowScaler, ShownPixelsNeedNotBeStoredPixels) {
  const PicturePtr source = ramp(400, 100, 0.5);
  const PicturePtr into = new_picture(200, 100);
  WindowScaler scaler;
  scaler.scale(*source, 800, 100, {200, 0, 400, 100}, *into, {0, 0, 200, 100});
  EXPECT_NEAR(luma(*into, 100, 50), 20 + 0.5 * 200.25, 1.0);
}

TEST(WindowScaler, FillsOnlyItsPanel) {
  const PicturePtr source = ramp(100, 100, 0);
  const PicturePtr into = new_picture(300, 300);
  for (int y = 0; y < 300; ++y) std::fill_n(into->data[0] + y * into->linesize[0], 300, 200);
  WindowScaler scaler;
  const Panel panel{.x = 102, .y = 50, .width = 98, .height = 150};
  scaler.scale(*source, 100, 100, {0, 0, 100, 100}, *into, panel);
  for (int y = 0; y < 300; ++y)
    for (int x = 0; x < 300; ++x) {
      const bool within = x >= 102 && x < 200 && y >= 50 && y < 200;
      ASSERT_EQ(luma(*into, x, y), within ? 20 : 200) << x << " " << y;
    }
}

TEST(WindowScaler, MovesWindowsIntoThePicture) {
  const PicturePtr source = ramp(400, 100, 0.5);
  const PicturePtr into = new_picture(100, 100);
  WindowScaler scaler;
  scaler.scale(*source, 400, 100, {350, -20, 100, 300}, *into, {0, 0, 100, 100});
  EXPECT_NEAR(luma(*into, 50, 50), 20 + 0.5 * 350, 1.0);
}

/// Pure red in BT.601 comes out as pure red in BT.709 (ITU-R BT.601-7, BT.709-6).
TEST(WindowScaler, ConvertsTheColoursOfOldSources) {
  const PicturePtr source = new_picture(64, 64);
  source->colorspace = AVCOL_SPC_SMPTE170M;
  const int red[] = {81, 90, 240};
  for (int plane = 0; plane < 3; ++plane)
    for (int y = 0; y < (plane ? 32 : 64); ++y)
      std::fill_n(source->data[plane] + y * source->linesize[plane], plane ? 32 : 64, red[plane]);
  const PicturePtr into = new_picture(64, 64);
  WindowScaler scaler;
  scaler.scale(*source, 64, 64, {0, 0, 64, 64}, *into, {0, 0, 64, 64});
  EXPECT_NEAR(luma(*into, 32, 32), 63, 1);
  EXPECT_NEAR(into->data[1][16 * into->linesize[1] + 16], 102, 1);
  EXPECT_NEAR(into->data[2][16 * into->linesize[2] + 16], 240, 1);
}

}  // namespace
}  // namespace reelwright::media

#include "media/upscaler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace reelwright::media {
namespace {

struct Plane {
  int width;
  int height;
  std::vector<std::uint8_t> pixels;
};

Plane noise(int width, int height) {
  Plane plane{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height)};
  unsigned state = 7;
  for (auto& pixel : plane.pixels)
    pixel = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
  return plane;
}

double catmull_rom(double x) {
  x = std::abs(x);
  if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
  return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
}

/// The same in floating point, pixel by pixel.
double expected(const Plane& plane, double x, double y) {
  const auto at = [&](int column, int row) {
    return plane.pixels[static_cast<std::size_t>(std::clamp(row, 0, plane.height - 1)) * plane.width +
                        std::clamp(column, 0, plane.width - 1)];
  };
  const int left = static_cast<int>(std::floor(x)) - 1;
  const int top = static_cast<int>(std::floor(y)) - 1;
  double sum = 0;
  for (int j = 0; j < 4; ++j)
    for (int i = 0; i < 4; ++i)
      sum += at(left + i, top + j) * catmull_rom(x - (left + i)) * catmull_rom(y - (top + j));
  return std::clamp(sum, 0.0, 255.0);
}

struct Case {
  int width, height, target_width, target_height;
  double x, y, step_x, step_y;
};

class UpscalerCases : public ::testing::TestWithParam<Case> {};

TEST_P(UpscalerCases, AgreesWithFloatingPoint) {
  ASSERT_TRUE(Upscaler::is_supported()) << "this test needs a processor with AVX2";
  const Case& c = GetParam();
  const Plane plane = noise(c.width, c.height);
  std::vector<std::uint8_t> out(static_cast<std::size_t>(c.target_width + 1) * c.target_height, 77);
  Upscaler upscaler({});
  upscaler.set({c.width, c.target_width, c.x, c.step_x}, {c.height, c.target_height, c.y, c.step_y});
  upscaler.run(plane.pixels.data(), c.width, out.data(), c.target_width + 1);
  for (int y = 0; y < c.target_height; ++y) {
    const auto* row = out.data() + static_cast<std::ptrdiff_t>(y) * (c.target_width + 1);
    for (int x = 0; x < c.target_width; ++x)
      ASSERT_NEAR(row[x], expected(plane, c.x + x * c.step_x, c.y + y * c.step_y), 0.6) << x << " " << y;
    ASSERT_EQ(row[c.target_width], 77) << "wrote beyond the row";
  }
}

INSTANTIATE_TEST_SUITE_P(Windows, UpscalerCases,
                         ::testing::Values(Case{100, 60, 100, 60, 0, 0, 1, 1},
                                           Case{100, 60, 173, 100, -0.25, -0.3, 0.5, 0.6},
                                           Case{100, 60, 64, 64, 35.7, 20.1, 0.99, 0.5},
                                           Case{16, 16, 160, 90, -0.45, -0.4, 0.1, 0.17},
                                           Case{608, 40, 1080, 70, 300.123, 0.5, 0.28, 0.55},
                                           Case{33, 17, 31, 33, 1.5, -0.25, 0.999, 0.5}));

TEST(Upscaler, FollowsAMovingWindow) {
  const Plane plane = noise(64, 64);
  Upscaler moving({});
  std::vector<std::uint8_t> out(64 * 64);
  for (const double x : {0.0, 3.3, 11.7}) {
    moving.set({64, 64, x, 0.5}, {64, 64, 8, 0.5});
    moving.run(plane.pixels.data(), 64, out.data(), 64);
    EXPECT_NEAR(out[64 * 30 + 30], expected(plane, x + 15, 8 + 15), 0.6);
  }
}

}  // namespace
}  // namespace reelwright::media

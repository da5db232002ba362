#include "vision/manual_path.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reelwright::vision {
namespace {

using core::from_seconds;
using core::to_seconds;

constexpr int width = 1920;
constexpr int height = 1080;

class ManualPath : public ::testing::Test {
 protected:
  CropPath path(const std::vector<ManualKeyframe>& keyframes) const {
    return manual_path(keyframes, request, width, height);
  }

  static ManualKeyframe at(double time, double x, double y = 0, std::optional<double> wide = {}) {
    return {from_seconds(time), x, y, wide};
  }

  FramingRequest request{.clip = {from_seconds(10), from_seconds(14)}, .frame_rate = 25, .sound = {}};
};

TEST_F(ManualPath, OneKeyframeStandsStill) {
  const CropPath still = path({at(12, 300, 0)});
  ASSERT_EQ(still.keyframes.size(), 100U) << "one an output frame";
  EXPECT_EQ(still.width, width);
  for (const Keyframe& keyframe : still.keyframes) {
    EXPECT_EQ(keyframe.layout, Layout::crop);
    EXPECT_EQ(keyframe.windows.front(), (media::Window{300, 0, 607.5, 1080}));
  }
  EXPECT_EQ(still.keyframes[1].time, from_seconds(10.04));
}

TEST_F(ManualPath, PassesThroughItsKeyframesAndHoldsBeyondThem) {
  const CropPath moving = path({at(11, 100, 0, 400), at(12, 300, 50, 300), at(13, 250, 20, 300)});
  const auto x = [&](std::size_t frame) { return moving.keyframes[frame].windows.front().x; };
  EXPECT_EQ(x(0), 100);
  EXPECT_EQ(x(25), 100);
  EXPECT_EQ(x(50), 300);
  EXPECT_EQ(x(75), 250);
  EXPECT_EQ(x(99), 250);
  EXPECT_EQ(moving.keyframes[50].windows.front(), (media::Window{300, 50, 300, 300 * 16.0 / 9}));
}

TEST_F(ManualPath, NeverOvershootsAndMovesSoftly) {
  const CropPath moving = path({at(10.5, 100), at(11, 100), at(12, 900), at(12.5, 900), at(13, 901)});
  double last = 0;
  double last_step = 0;
  for (const Keyframe& keyframe : moving.keyframes) {
    const double x = keyframe.windows.front().x;
    EXPECT_GE(x, std::max(100.0, last)) << to_seconds(keyframe.time);
    EXPECT_LE(x, 901);
    if (last > 0) {
      EXPECT_LT(std::abs(x - last - last_step), 10) << "no jerk at " << to_seconds(keyframe.time);
      last_step = x - last;
    }
    last = x;
  }
}

TEST_F(ManualPath, ACutIsTwoKeyframesNextToEachOther) {
  const CropPath cut = path({at(11.999, 100), at(12, 900)});
  EXPECT_EQ(cut.keyframes[49].windows.front().x, 100);
  EXPECT_EQ(cut.keyframes[50].windows.front().x, 900);
}

TEST_F(ManualPath, WindowsStayInsideOfThePicture) {
  const CropPath outside = path({at(10, 1900, 1000, 5000)});
  const media::Window& window = outside.keyframes.front().windows.front();
  EXPECT_EQ(window.width, 607.5);
  EXPECT_EQ(window.x, width - 607.5);
  EXPECT_EQ(window.y, 0);
  request.aspect_width = 16;
  request.aspect_height = 9;
  const media::Window small = path({at(10, 1900, 1000, 160)}).keyframes.front().windows.front();
  EXPECT_EQ(small, (media::Window{width - 160, height - 90, 160, 90}));
}

TEST_F(ManualPath, ReframingMeasuresTheNewPath) {
  Framing framing;
  framing.path = {width, height, {}};
  framing.report = {.subject_share = 0.8, .fit_share = 1, .engine = "lbp"};
  framing.shots = {{request.clip}};
  framing.warnings = {{"no_subject", "Nobody."}};
  for (int i = 0; i < 20; ++i)
    framing.faces.push_back({from_seconds(10 + 0.2 * i), {{i < 10 ? 400.0 : 1500.0, 300, 200, 200}}});
  const Framing made = reframed(framing, {at(10, 300)}, request);
  EXPECT_EQ(made.path.keyframes.size(), 100U);
  EXPECT_DOUBLE_EQ(made.report.subject_share, 0.8);
  EXPECT_DOUBLE_EQ(made.report.inside_share, 0.5);
  EXPECT_DOUBLE_EQ(made.report.crop_share, 1);
  EXPECT_DOUBLE_EQ(made.report.fit_share, 0);
  EXPECT_DOUBLE_EQ(made.report.reversals_per_second, 0);
  EXPECT_EQ(made.report.engine, "lbp");
  EXPECT_TRUE(made.warnings.empty());
  EXPECT_EQ(made.faces, framing.faces);
  const Framing swinging =
      reframed(framing, {at(10, 300), at(11, 600), at(12, 300), at(13, 600), at(14, 300)}, request);
  EXPECT_NEAR(swinging.report.reversals_per_second, 3 / 3.96, 1e-9);
  EXPECT_GT(swinging.report.jerk, 0);
}

}  // namespace
}  // namespace reelwright::vision

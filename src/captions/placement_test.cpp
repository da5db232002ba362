#include "captions/placement.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reelwright::captions {
namespace {

using namespace std::chrono_literals;

constexpr int width = 1080;
constexpr int height = 1920;

const Style& style() { return caption_style("bold"); }

std::vector<Page> pages(int count) {
  std::vector<Page> all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    all.push_back({{i * 1s, (i + 1) * 1s}, "", {{{{"word", i * 1s, i * 1s}}}, {{{"word", i * 1s, i * 1s}}}}});
  return all;
}

bool covers(const Page& page, const Box& face) {
  const double half = block_height(page, style(), width, height) / 2;
  return page.center_y - half < face.bottom() && page.center_y + half > face.y;
}

TEST(Placement, StandsAtTheStylesOwnHeightWhereNothingIsInTheWay) {
  auto all = pages(3);
  place_captions(all, style(), width, height, {}, {});
  for (const Page& page : all) EXPECT_NEAR(page.center_y, style().preferred_y * height, height * 0.02);
}

TEST(Placement, StaysInTheSafeArea) {
  for (const Style& each : caption_styles()) {
    for (const auto& [w, h] : {std::pair{1080, 1920}, {1080, 1080}, {1080, 1350}, {1920, 1080}, {360, 640}}) {
      auto all = pages(1);
      place_captions(all, each, w, h, {{0s, {{0, h * 0.3, 1.0 * w, h * 0.6}}}}, {});
      const SafeArea area = safe_area(w, h);
      const double half = block_height(all[0], each, w, h) / 2;
      EXPECT_GE(all[0].center_y - half, area.top - 1) << each.name << w;
      EXPECT_LE(all[0].center_y + half, area.bottom + 1) << each.name << w;
    }
  }
  EXPECT_NEAR(safe_area(1080, 1920).bottom, 1498, 1e-6);
  EXPECT_NEAR(540 + safe_area(1080, 1920).width / 2, 817, 1e-6);
}

TEST(Placement, KeepsClearOfFacesAndStill) {
  const Box face{300, 1100, 400, 500};
  auto all = pages(4);
  // The face nods: every page has to clear all its places.
  place_captions(all, style(), width, height, {{0s, {face}}, {2s, {{300, 1000, 400, 500}}}}, {});
  for (const Page& page : all) {
    EXPECT_FALSE(covers(page, face));
    EXPECT_FALSE(covers(page, {300, 1000, 400, 500}));
    EXPECT_EQ(page.center_y, all[0].center_y);
  }
}

TEST(Placement, ChangesHeightOnlyAtCuts) {
  auto all = pages(6);
  const Box low{300, 1150, 400, 400};
  place_captions(all, style(), width, height, {{0s, {}}, {3s, {low}}}, {3s});
  EXPECT_EQ(all[0].center_y, all[2].center_y);
  EXPECT_EQ(all[3].center_y, all[5].center_y);
  EXPECT_NE(all[2].center_y, all[3].center_y);
  EXPECT_FALSE(covers(all[4], low));
}

TEST(Placement, DoesNotReturnForAMomentBetweenTwoLikeShots) {
  auto all = pages(9);
  const Box low{300, 1250, 400, 100};
  // The middle shot has room at the style's own height, but a jump there and back is worse.
  place_captions(all, style(), width, height, {{0s, {low}}, {3s, {}}, {6s, {low}}}, {3s, 6s});
  EXPECT_NEAR(all[0].center_y, all[4].center_y, height * 0.03);
  EXPECT_NEAR(all[4].center_y, all[8].center_y, height * 0.03);
}

TEST(Placement, TakesTheSeamOfTwoPanels) {
  auto all = pages(2);
  const std::vector<Box> faces{{250, 250, 580, 600}, {250, 1150, 580, 350}};
  place_captions(all, style(), width, height, {{0s, faces}}, {});
  for (const Box& face : faces) EXPECT_FALSE(covers(all[0], face)) << all[0].center_y;
}

TEST(Placement, IgnoresFacesBesideTheText) {
  auto all = pages(1);
  place_captions(all, style(), width, height, {{0s, {{0, 1000, 200, 600}}}}, {});
  EXPECT_NEAR(all[0].center_y, style().preferred_y * height, height * 0.02);
}

}  // namespace
}  // namespace reelwright::captions

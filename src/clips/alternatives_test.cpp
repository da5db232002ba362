#include "clips/alternatives.h"

#include <gtest/gtest.h>

#include <chrono>

namespace reelwright::clips {
namespace {

using namespace std::chrono_literals;
using Indices = std::vector<std::size_t>;

ChosenClip clip(core::Span span) {
  return {.number = 1,
          .span = span,
          .title = "Bees",
          .description = {},
          .text_preview = "Bees fly",
          .keywords = {},
          .score = 0.5,
          .reasons = {{"hook", 0.5, 1}}};
}

TEST(Alternatives, TheBestComeFirst) {
  EXPECT_EQ(worth_showing({{{0s, 10s}, 0.2}, {{20s, 30s}, 0.9}, {{40s, 50s}, 0.5}}, {}), (Indices{1, 2, 0}));
  EXPECT_EQ(worth_showing({}, {}), Indices{});
}

TEST(Alternatives, OfThoseThatAreNearlyTheSameTheBestIsEnough) {
  EXPECT_EQ(worth_showing({{{0s, 10s}, 0.5}, {{0s, 11s}, 0.6}, {{0s, 20s}, 0.4}}, {}), (Indices{1, 2}));
}

TEST(Alternatives, TheChosenAreAlwaysThere) {
  const std::vector<ScoredSpan> all{{{0s, 10s}, 0.5}, {{0s, 11s}, 0.6}, {{30s, 40s}, 0.1}};
  EXPECT_EQ(worth_showing(all, {clip({0s, 10s}), clip({30s, 40s})}), (Indices{0, 2}));
}

TEST(Alternatives, ThereAreNotTooMany) {
  std::vector<ScoredSpan> all;
  for (int i = 0; i < 200; ++i) all.push_back({{10s * i, 10s * i + 9s}, 0.001 * i});
  const Indices shown = worth_showing(all, {clip({0s, 9s})});
  EXPECT_EQ(shown.size(), most_alternatives);
  EXPECT_EQ(shown.front(), 199U);
  EXPECT_EQ(shown.back(), 0U) << "the chosen one";
}

TEST(Alternatives, TellWhatTheClipTells) {
  const Alternative told = alternative(clip({1s, 2s}), true);
  EXPECT_EQ(told.title, "Bees");
  EXPECT_EQ(told.text_preview, "Bees fly");
  EXPECT_EQ(told.reasons.size(), 1U);
  EXPECT_TRUE(told.chosen);
}

}  // namespace
}  // namespace reelwright::clips

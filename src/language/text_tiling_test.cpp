#include "language/text_tiling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace reelwright::language {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Lines of topics that have nothing in common; each as many lines as `lengths` says.
Embeddings topics_of(std::initializer_list<std::size_t> lengths, float noise = 0.1F) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> some(-noise, noise);
  Embeddings lines{.texts = 0, .width = 16};
  std::size_t topic = 0;
  for (const std::size_t length : lengths) {
    for (std::size_t line = 0; line < length; ++line, ++lines.texts)
      for (std::size_t i = 0; i < lines.width; ++i)
        lines.values.push_back((i == topic ? 1.0F : 0.0F) + some(random));
    ++topic;
  }
  return lines;
}

TEST(TextTiling, FindsPlainTopics) {
  EXPECT_THAT(tile_boundaries(topics_of({12, 15, 10}), {}), ElementsAre(12, 27));
  EXPECT_THAT(tile_boundaries(topics_of({12, 15, 10}), 3), ElementsAre(12, 27));
  EXPECT_THAT(tile_boundaries(topics_of({12, 15, 10}), 2).size(), 1U);
  EXPECT_THAT(tile_boundaries(topics_of({12, 15, 10}), 1), IsEmpty());
}

TEST(TextTiling, IsHearstsArithmetic) {
  // Two lines on each side at most (of five lines a fifth, but at least two). Likeness across the gaps: 1,
  // cos((2,0),(0,2)) = 0 where the topic changes behind line 2 ...: by hand, for x x y y y.
  const Embeddings lines{.texts = 5, .width = 2, .values = {1, 0, 1, 0, 0, 1, 0, 1, 0, 1}};
  // gap 0: x | x y -> 1/sqrt(2); gap 1: x x | y y -> 0; gap 2: x y | y y -> 1/sqrt(2); gap 3: y y | y -> 1.
  // Smoothed over three: 0.354, 0.471, 0.569, 0.854: it only climbs, so only gap 0 lies below a peak, and it
  // is alone at the end: depth 0.5 against a cut of 0.125 + 0.217.
  EXPECT_THAT(tile_boundaries(lines, {}), ElementsAre(1));
}

TEST(TextTiling, GivesExactlyTheNumberAskedFor) {
  const Embeddings lines = topics_of({5, 6, 7}, 0.5F);
  for (std::size_t count = 1; count <= lines.texts; ++count) {
    const auto boundaries = tile_boundaries(lines, count);
    EXPECT_EQ(boundaries.size(), count - 1);
    EXPECT_TRUE(std::ranges::is_sorted(boundaries));
    EXPECT_EQ(std::ranges::adjacent_find(boundaries), boundaries.end());
    for (const auto boundary : boundaries) EXPECT_TRUE(boundary > 0 && boundary < lines.texts);
  }
}

TEST(TextTiling, OneTopicAndNothingSaidAreNoTrouble) {
  EXPECT_THAT(tile_boundaries(topics_of({20}, 0), {}), IsEmpty());
  EXPECT_THAT(tile_boundaries({.texts = 9, .width = 0}, {}), IsEmpty());
  EXPECT_THAT(tile_boundaries({.texts = 1, .width = 1, .values = {1}}, {}), IsEmpty());
  EXPECT_THAT(tile_boundaries({}, {}), IsEmpty());
}

}  // namespace
}  // namespace reelwright::language

#include "speech/found_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

std::vector<WordFit> fits(const std::vector<double>& values) {
  std::vector<WordFit> words;
  for (const double value : values) words.push_back({value, 1});
  return words;
}

TEST(FoundWordsTest, AWordIsJudgedWithItsNeighbours) {
  const auto words = fits({1, 1, 0, 1, 1});
  EXPECT_DOUBLE_EQ(fit_around(words, 2).value(), 0.8);
  EXPECT_DOUBLE_EQ(fit_around(words, 0).value(), 2.0 / 3);
  EXPECT_THAT(borne_out(words, 0.5), Each(true));
}

TEST(FoundWordsTest, LongWordsWeighMore) {
  EXPECT_DOUBLE_EQ(fit_around(std::vector<WordFit>{{1, 3}, {0, 1}}, 0).value(), 0.75);
}

TEST(FoundWordsTest, ARunThatDoesNotFitIsNotThere) {
  const auto there = borne_out(fits({1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1}), 0.5);
  EXPECT_TRUE(there[1]);
  EXPECT_FALSE(there[5]);
  EXPECT_TRUE(there[10]);
}

TEST(FoundWordsTest, WhatSaysNothingGoesWithItsNeighbours) {
  const std::vector<WordFit> words{{0, 0}, {0.1, 1}, {0.1, 1}, {0.1, 1}};
  EXPECT_THAT(borne_out(words, 0.5), ElementsAre(false, false, false, false));
  EXPECT_THAT(borne_out(std::vector<WordFit>{{0, 0}, {1, 1}}, 0.5), Each(true));
  EXPECT_THAT(borne_out(std::vector<WordFit>{{0, 0}}, 0.5), Each(false));
  EXPECT_FALSE(fit_around(std::vector<WordFit>{{0, 0}}, 0));
}

}  // namespace
}  // namespace reelwright::speech

#include "speech/alignment_plan.h"

#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;

std::vector<SpokenWord> text(std::size_t count) {
  std::vector<SpokenWord> words;
  for (std::size_t i = 0; i < count; ++i) words.push_back({"words", i});
  return words;
}

// Word i is said at i * 0.4 s and takes 0.3 s.
Anchor at(std::size_t word, core::Time shift = {}) {
  return {word, shift + word * 400ms, shift + word * 400ms + 300ms};
}

void expect_sane(const std::vector<Piece>& pieces, core::Time duration) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_LT(pieces[i].first, pieces[i].end);
    EXPECT_LE(core::Time::zero(), pieces[i].span.start);
    EXPECT_LE(pieces[i].span.start, pieces[i].span.end);
    EXPECT_LE(pieces[i].span.end, duration);
    EXPECT_LE(pieces[i].span.duration(), 75s);
    if (i > 0) {
      EXPECT_LE(pieces[i - 1].end, pieces[i].first);
    }
  }
}

TEST(PlanBetweenAnchors, CoversEveryWordOfATextThatWasHeard) {
  const auto words = text(1000);
  std::vector<Anchor> anchors;
  for (std::size_t i = 3; i < 1000; i += i % 7 == 0 ? 2 : 1) anchors.push_back(at(i));
  const auto pieces = plan_between_anchors(words, anchors, 401s);
  expect_sane(pieces, 401s);
  EXPECT_GT(pieces.size(), 15U);
  EXPECT_EQ(pieces.front().first, 0U);
  EXPECT_EQ(pieces.back().end, 1000U);
  for (std::size_t i = 1; i < pieces.size(); ++i) EXPECT_EQ(pieces[i].first, pieces[i - 1].end);
}

TEST(PlanBetweenAnchors, LeavesOutWordsForWhichThereIsNoTime) {
  const auto words = text(60);
  std::vector<Anchor> anchors;
  for (std::size_t i = 0; i < 60; ++i) {
    if (i < 20) anchors.push_back(at(i));
    if (i >= 40) anchors.push_back(at(i, -20 * 400ms));  // words 20 to 39 were skipped by the speaker
  }
  const auto pieces = plan_between_anchors(words, anchors, 17s);
  expect_sane(pieces, 17s);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].end, 20U);
  EXPECT_EQ(pieces[1].first, 40U);
}

TEST(PlanBetweenAnchors, LeavesOutSoundForWhichThereAreNoWords) {
  const auto words = text(40);
  std::vector<Anchor> anchors;
  for (std::size_t i = 0; i < 40; ++i) anchors.push_back(at(i, i < 20 ? 0s : 300s));
  const auto pieces = plan_between_anchors(words, anchors, 400s);
  expect_sane(pieces, 400s);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_LT(pieces[0].span.end, 9s);
  EXPECT_GT(pieces[1].span.start, 306s);
}

TEST(PlanBetweenAnchors, WithoutAnchorsTriesShortSoundsThatFit) {
  EXPECT_EQ(plan_between_anchors(text(20), {}, 10s).size(), 1U);
  EXPECT_TRUE(plan_between_anchors(text(2000), {}, 10s).empty());  // nobody reads that fast
  EXPECT_TRUE(plan_between_anchors(text(20), {}, 1000s).empty());  // anywhere in a quarter of an hour
  EXPECT_TRUE(plan_between_anchors({}, {}, 10s).empty());
}

TEST(PlanByCues, JoinsCuesThatFollowEachOther) {
  const std::vector<core::Span> cues = {{1s, 3s}, {1s, 3s}, {3s, 5s}, {60s, 62s}};
  const auto pieces = plan_by_cues(cues, 61s);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0], (Piece{0, 3, {500ms, 5500ms}}));
  EXPECT_EQ(pieces[1], (Piece{3, 4, {59500ms, 61s}}));
}

TEST(PlanByCues, SurvivesCuesThatMakeNoSense) {
  const std::vector<core::Span> cues = {{50s, 40s}, {10s, 12s}, {900s, 901s}, {0s, 0s}};
  expect_sane(plan_by_cues(cues, 60s), 60s);
}

TEST(WithoutLonely, DropsWhatStandsAlone) {
  std::vector<Anchor> anchors = {at(5), at(200)};
  for (std::size_t i = 400; i < 450; i += 2) anchors.push_back(at(i));
  const auto kept = without_lonely(anchors);
  ASSERT_EQ(kept.size(), 25U);
  EXPECT_EQ(kept.front().word, 400U);
}

TEST(ExpectedLength, LettersOfAnyScriptTakeTheSameTime) {
  EXPECT_EQ(expected_length(std::vector<SpokenWord>{{"мир", 0}}),
            expected_length(std::vector<SpokenWord>{{"mir", 0}}));
}

}  // namespace
}  // namespace reelwright::speech

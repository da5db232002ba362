#include "clips/candidates.h"

#include <gtest/gtest.h>

#include <random>

namespace reelwright::clips {
namespace {

using core::from_seconds;
using core::Time;

language::Sentence sentence(double start, double end) {
  return {0, 1, {from_seconds(start), from_seconds(end)}, "Words.", "", true};
}

std::vector<Candidate> find(const std::vector<language::Sentence>& sentences, double min, double max,
                            double source) {
  return find_candidates(sentences, std::vector<std::size_t>(sentences.size(), 0),
                         {from_seconds(min), from_seconds(max), from_seconds(source)});
}

TEST(FindCandidates, TakeBreathingRoomFromThePauses) {
  const auto found = find({sentence(5, 15), sentence(20, 32), sentence(40, 50)}, 11, 14, 60);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].span, (core::Span{from_seconds(4.75), from_seconds(15.75)}))
      << "11 s need more than breathing room";
  EXPECT_EQ(found[1].span, (core::Span{from_seconds(19.75), from_seconds(32.4)}));
  EXPECT_EQ(found[2].span, (core::Span{from_seconds(39.75), from_seconds(50.75)}));
}

TEST(FindCandidates, TakeANeighbourRatherThanSilence) {
  const auto found = find({sentence(20, 22), sentence(22, 24), sentence(60, 80)}, 15, 30, 100);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].first, 0U);
  EXPECT_EQ(found[0].end, 2U);
  EXPECT_EQ(found[1].first, 2U);
}

TEST(FindCandidates, NeverReachIntoANeighbour) {
  const auto found = find({sentence(0, 10), sentence(10.1, 20), sentence(20, 30)}, 9, 11, 30);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].span, (core::Span{Time{}, from_seconds(10.06)}));
  EXPECT_EQ(found[1].span, (core::Span{from_seconds(10.06), from_seconds(20)}));
  EXPECT_EQ(found[2].span, (core::Span{from_seconds(20), from_seconds(30)}));
}

TEST(FindCandidates, DoNotCutWhereTwoTalkAtOnce) {
  const auto found = find({sentence(0, 12), sentence(10, 20), sentence(21, 32)}, 5, 25, 40);
  for (const auto& candidate : found) {
    EXPECT_NE(candidate.end, 1U);
    EXPECT_NE(candidate.first, 1U);
  }
  EXPECT_EQ(found.size(), 2U);
}

TEST(FindCandidates, StayWithinTheSource) {
  for (const auto& candidate : find({sentence(0, 10), sentence(11, 21), sentence(22, 33)}, 5, 40, 21.2)) {
    EXPECT_LE(candidate.span.end, from_seconds(21.2));
    EXPECT_LE(candidate.end, 2U);
  }
}

TEST(FindCandidates, KeepTheRulesOnAnyTalk) {
  std::mt19937 random(11);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<language::Sentence> talk;
    double at = 0;
    for (int i = 0; i < 40; ++i) {
      const double start = at + static_cast<double>(random() % 200) / 100;
      at = start + 0.5 + static_cast<double>(random() % 900) / 100;
      talk.push_back(sentence(start, at));
    }
    const auto found = find(talk, 15, 60, at + 1);
    EXPECT_FALSE(found.empty());
    for (const auto& candidate : found) {
      EXPECT_GE(candidate.span.duration(), from_seconds(15));
      EXPECT_LE(candidate.span.duration(), from_seconds(60));
      EXPECT_LE(candidate.span.start, talk[candidate.first].span.start);
      EXPECT_GE(candidate.span.end, talk[candidate.end - 1].span.end);
      if (candidate.first > 0) {
        EXPECT_GE(candidate.span.start, talk[candidate.first - 1].span.end);
      }
      if (candidate.end < talk.size()) {
        EXPECT_LE(candidate.span.end, talk[candidate.end].span.start);
      }
      for (const auto& other : found) {
        if (other.first >= candidate.end) {
          EXPECT_FALSE(candidate.span.overlaps(other.span));
        }
      }
    }
  }
}

TEST(FindCandidates, OfLongClipsKeepSomeEndsAndThoseOfTopics) {
  std::vector<language::Sentence> talk;
  std::vector<std::size_t> topic_of;
  for (int i = 0; i < 400; ++i) {
    talk.push_back(sentence(i, i + 0.9));
    topic_of.push_back(static_cast<std::size_t>(i) / 37);
  }
  const auto found =
      find_candidates(talk, topic_of, {from_seconds(10), from_seconds(390), from_seconds(400)});
  std::size_t of_first = 0;
  bool ends_topic = false;
  for (const auto& candidate : found) {
    if (candidate.first != 0) continue;
    ++of_first;
    ends_topic |= candidate.end == 37;
  }
  EXPECT_LE(of_first, 80U);
  EXPECT_TRUE(ends_topic);
}

}  // namespace
}  // namespace reelwright::clips

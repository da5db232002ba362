#include "vision/speaker.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace reelwright::vision {
namespace {

using core::Span;
using core::Time;

constexpr Span clip{Time{0}, Time{20'000'000}};

double syllables(double seconds, double phase) {
  return 0.5 + 0.5 * std::sin(seconds * 14 + 3 * std::sin(seconds * 2.3 + phase) + phase);
}

/// A face of which mouth and rest move as `motion` says, seen 12.5 times a second.
template <typename Motion>
TrackedSubject subject(Motion motion) {
  TrackedSubject result{{0, Subject::face, {{Time{0}, {0, 0, 100, 100}}, {clip.end, {0, 0, 100, 100}}}}, {}};
  for (Time time{0}; time < clip.end; time += Time{80'000})
    result.motion.push_back({time, motion(core::to_seconds(time))});
  return result;
}

Envelope envelope(double phase) {
  Envelope result{Time{0}, Time{20'000}, {}};
  for (int i = 0; i < 1000; ++i)
    result.loudness.push_back(static_cast<float>(syllables(i * 0.02 - 0.1, phase)));
  return result;
}

Turns turns_of(const TrackedSubject& a, const TrackedSubject& b, const Envelope& sound = {}) {
  const TrackedSubject* both[] = {&a, &b};
  return find_turns(both, sound, clip);
}

const auto silent = [](double) { return FaceMotion{0.001, 0.001}; };
const auto nodding = [](double t) {
  return FaceMotion{0.06 + 0.03 * std::sin(t), 0.07 + 0.03 * std::sin(t)};
};
const auto talking = [](double t) { return FaceMotion{0.04 + 0.12 * syllables(t, 0), 0.04}; };

TEST(Speaker, IsTheOneWhoseMouthMoves) {
  for (const auto& listener : {subject(silent), subject(nodding)}) {
    const Turns turns = turns_of(listener, subject(talking));
    ASSERT_EQ(turns.turns.size(), 1U);
    EXPECT_EQ(turns.turns[0].speaker, 1U);
    EXPECT_EQ(turns.turns[0].span, clip);
    EXPECT_TRUE(turns.certain);
  }
}

TEST(Speaker, TurnsAreFoundWhereTheyAre) {
  const auto first = subject([](double t) { return t < 8 || t >= 14 ? talking(t) : silent(t); });
  const auto second = subject([](double t) { return t >= 8 && t < 14 ? talking(t) : silent(t); });
  const Turns turns = turns_of(first, second);
  ASSERT_EQ(turns.turns.size(), 3U);
  EXPECT_TRUE(turns.certain);
  EXPECT_NEAR(core::to_seconds(turns.turns[1].span.start), 8, 0.3);
  EXPECT_NEAR(core::to_seconds(turns.turns[1].span.end), 14, 0.3);
  EXPECT_EQ(turns.turns[1].speaker, 1U);
  EXPECT_EQ(turns.turns[0].span.end, turns.turns[1].span.start);
}

TEST(Speaker, OfTwoMovingMouthsTheOneThatFollowsTheSound) {
  const auto other =
      subject([](double t) { return FaceMotion{0.04 + 0.12 * syllables(t * 0.83 + 40, 2), 0.04}; });
  const Turns turns = turns_of(other, subject(talking), envelope(0));
  ASSERT_EQ(turns.turns.size(), 1U);
  EXPECT_EQ(turns.turns[0].speaker, 1U);
  EXPECT_TRUE(turns.certain);
}

TEST(Speaker, TwoMovingMouthsWithoutSoundAreUncertain) {
  const auto other = subject([](double t) { return FaceMotion{0.05 + 0.2 * syllables(t, 2), 0.04}; });
  EXPECT_FALSE(turns_of(subject(talking), other).certain);
}

TEST(Speaker, NobodyMovingIsUncertain) { EXPECT_FALSE(turns_of(subject(silent), subject(silent)).certain); }

TEST(Speaker, AShortInterjectionIsNoTurn) {
  const auto first = subject([](double t) { return t < 10 || t >= 10.8 ? talking(t) : silent(t); });
  const auto second = subject([](double t) { return t >= 10 && t < 10.8 ? talking(t) : silent(t); });
  EXPECT_EQ(turns_of(first, second).turns.size(), 1U);
}

TEST(Speaker, OneAloneIsCertain) {
  const TrackedSubject only = subject(silent);
  const TrackedSubject* one[] = {&only};
  EXPECT_TRUE(find_turns(one, {}, clip).certain);
}

TEST(Speaker, TurnsCoverTheSpanWhateverTheEvidence) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> any(0, 0.2);
  for (int round = 0; round < 20; ++round) {
    const auto noise = [&](double) { return FaceMotion{any(random), any(random)}; };
    const Turns turns = turns_of(subject(noise), subject(noise));
    EXPECT_EQ(turns.turns.front().span.start, clip.start);
    EXPECT_EQ(turns.turns.back().span.end, clip.end);
    for (std::size_t i = 1; i < turns.turns.size(); ++i) {
      EXPECT_EQ(turns.turns[i - 1].span.end, turns.turns[i].span.start);
      EXPECT_NE(turns.turns[i - 1].speaker, turns.turns[i].speaker);
      EXPECT_GE(turns.turns[i].span.duration(), Time{1'500'000});
    }
  }
}

}  // namespace
}  // namespace reelwright::vision

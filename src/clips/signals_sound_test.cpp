#include "clips/signals_sound.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelwright::clips {
namespace {

core::Span seconds(double from, double to) { return {core::from_seconds(from), core::from_seconds(to)}; }

// A second each of these levels, in steps of 10 ms.
media::Envelope sound(const std::vector<float>& levels) {
  media::Envelope envelope{.start = {}, .step = std::chrono::milliseconds(10), .decibels = {}};
  for (const float level : levels) envelope.decibels.insert(envelope.decibels.end(), 100, level);
  return envelope;
}

TEST(Loudness, WithoutSoundNothingIsKnown) {
  const Loudness none(media::Envelope{});
  EXPECT_FALSE(none.known());
  EXPECT_EQ(none.level(seconds(0, 1)).mean, 0);
}

TEST(Loudness, IsTheMeanOfWhatIsHeard) {
  const Loudness loudness(sound({-20, -30, -20, -30}));
  EXPECT_TRUE(loudness.known());
  EXPECT_NEAR(loudness.level(seconds(0, 1)).mean, -20, 1e-9);
  EXPECT_NEAR(loudness.level(seconds(0, 1)).deviation, 0, 1e-6);
  EXPECT_NEAR(loudness.level(seconds(0, 4)).mean, -25, 1e-9);
  EXPECT_NEAR(loudness.level(seconds(0, 4)).deviation, 5, 1e-9);
}

TEST(Loudness, PausesDoNotCount) {
  const Loudness loudness(sound({-20, -90, -20, -61}));
  EXPECT_NEAR(loudness.level(seconds(0, 4)).mean, -20, 1e-9);
  EXPECT_EQ(loudness.level(seconds(1, 2)).mean, 0) << "nothing but pause";
}

TEST(Loudness, SpansReachNoFurtherThanTheSound) {
  const Loudness loudness(sound({-20, -30}));
  EXPECT_NEAR(loudness.level(seconds(-5, 50)).mean, -25, 1e-9);
  EXPECT_EQ(loudness.level(seconds(10, 20)).mean, 0);
  EXPECT_EQ(loudness.level(seconds(1, 1)).mean, 0) << "an empty span";
}

}  // namespace
}  // namespace reelwright::clips

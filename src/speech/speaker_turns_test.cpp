#include "speech/speaker_turns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SpeakerTurns, AreWhatOneWindowHears) {
  EXPECT_THAT(agree({{{1s, 3s}, 0}, {{2s, 4s}, 1}}, {{0s, 10s}}),
              ElementsAre(Turn{{1s, 3s}, 0}, Turn{{2s, 4s}, 1}));
  EXPECT_THAT(agree({}, {{0s, 10s}}), IsEmpty());
  EXPECT_THAT(agree({}, {}), IsEmpty());
}

TEST(SpeakerTurns, GoOnFromWindowToWindow) {
  EXPECT_THAT(agree({{{1s, 10s}, 0}, {{10s, 14s}, 0}}, {{0s, 10s}, {10s, 20s}}),
              ElementsAre(Turn{{1s, 14s}, 0}));
  EXPECT_THAT(agree({{{1s, 10s}, 0}, {{5s, 14s}, 0}}, {{0s, 10s}, {5s, 15s}}),
              ElementsAre(Turn{{1s, 14s}, 0}));
}

TEST(SpeakerTurns, AreThoseOfMostWindows) {
  const std::vector<core::Span> windows(3, {0s, 10s});
  EXPECT_THAT(agree({{{1s, 5s}, 0}, {{1s, 5s}, 0}, {{1s, 5s}, 1}}, windows), ElementsAre(Turn{{1s, 5s}, 0}));
  EXPECT_THAT(agree({{{1s, 5s}, 0}}, windows), IsEmpty()) << "two of three heard nothing";
}

TEST(SpeakerTurns, OfEqualsTheOneWhoSpokeGoesOn) {
  const std::vector<core::Span> windows(2, {0s, 10s});
  EXPECT_THAT(agree({{{1s, 6s}, 1}, {{1s, 3s}, 1}, {{3s, 6s}, 0}}, windows), ElementsAre(Turn{{1s, 6s}, 1}));
}

TEST(SpeakerTurns, AVoiceHeardTwiceInAWindowIsOneSpeaker) {
  EXPECT_THAT(agree({{{1s, 5s}, 0}, {{1s, 5s}, 0}}, {{0s, 10s}}), ElementsAre(Turn{{1s, 5s}, 0}));
}

}  // namespace
}  // namespace reelwright::speech

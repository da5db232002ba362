#include "speech/voice_set.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace reelwright::speech {
namespace {

TEST(VoiceSets, AreReadFromThePowerset) {
  const std::array<VoiceSet, 7> sets{0b000, 0b001, 0b010, 0b100, 0b011, 0b101, 0b110};
  for (std::size_t best = 0; best < sets.size(); ++best) {
    std::vector<float> frame(7, -4);
    frame[best] = -0.1F;
    EXPECT_EQ(read_voices(frame), sets[best]) << best;
  }
  EXPECT_EQ(read_voices(std::vector<float>{-INFINITY, 0, -INFINITY, -9, -9, -9, -9}), VoiceSet(0b001));
}

TEST(VoiceSets, AreReadFromProbabilitiesOfEach) {
  EXPECT_EQ(read_voices(std::vector<float>{0.9F, 0.1F, 0.8F}), VoiceSet(0b101));
  EXPECT_EQ(read_voices(std::vector<float>{0, 0.5F, 0}), VoiceSet(0));
}

TEST(VoiceSets, AreNotReadFromAnythingElse) {
  EXPECT_FALSE(read_voices(std::vector<float>{NAN, 0, 0, 0, 0, 0, 0}));
  EXPECT_FALSE(read_voices(std::vector<float>{INFINITY, 0, 0, 0, 0, 0, 0}));
  EXPECT_FALSE(read_voices(std::vector<float>{0.5F, NAN, 0}));
  EXPECT_FALSE(read_voices(std::vector<float>{2, 0, 0}));
  EXPECT_FALSE(read_voices(std::vector<float>{0.5F, 0.5F}));
  EXPECT_FALSE(read_voices({}));
}

}  // namespace
}  // namespace reelwright::speech

#include "core/wav.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelwright::core {
namespace {

TEST(Wav, SaysHowLongItIs) {
  const std::string wav = to_wav(std::vector<std::int16_t>(24'000, -2));
  EXPECT_EQ(wav.size(), 44U + 48'000U);
  EXPECT_EQ(wav.substr(0, 4) + wav.substr(8, 8), "RIFFWAVEfmt ");
  EXPECT_EQ(wav.substr(44, 2), "\xFE\xFF");
  EXPECT_EQ(wav_seconds(wav), 1.5);
  EXPECT_EQ(wav_seconds(to_wav({})), 0.0);
}

TEST(Wav, WhatIsNotExactlyOneIsNone) {
  const std::string wav = to_wav(std::vector<std::int16_t>(100));
  EXPECT_FALSE(wav_seconds(""));
  EXPECT_FALSE(wav_seconds(wav.substr(0, 43)));
  EXPECT_FALSE(wav_seconds(wav.substr(0, 100)));
  EXPECT_FALSE(wav_seconds(wav + "xx"));
  for (const std::size_t at : {0, 4, 22, 24, 34, 40}) {
    std::string bent = wav;
    ++bent[at];
    EXPECT_FALSE(wav_seconds(bent)) << at;
  }
}

}  // namespace
}  // namespace reelwright::core

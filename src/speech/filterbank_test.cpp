#include "speech/filterbank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "core/files.h"
#include "speech/test_tones.h"

namespace reelwright::speech {
namespace {

std::vector<float> floats_in(const std::string& name) {
  const std::string bytes = core::read_file(test_model(name), 1'000'000);
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

TEST(Filterbank, IsThatOfKaldiByAnIndependentReckoning) {
  const std::vector<float> sound = floats_in("filterbank_sound.f32");
  const std::vector<float> expected = floats_in("filterbank.f32");
  const std::vector<float> found = mel_filterbank(sound);
  ASSERT_EQ(found.size(), expected.size());
  ASSERT_EQ(found.size(), filterbank_frames(sound.size()) * mel_bands);
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 2e-3) << i;
}

TEST(Filterbank, HasWholeFramesOnly) {
  EXPECT_EQ(filterbank_frames(0), 0U);
  EXPECT_EQ(filterbank_frames(399), 0U);
  EXPECT_EQ(filterbank_frames(400), 1U);
  EXPECT_EQ(filterbank_frames(559), 1U);
  EXPECT_EQ(filterbank_frames(560), 2U);
  EXPECT_TRUE(mel_filterbank(std::vector<float>(399)).empty());
}

TEST(Filterbank, OfSilenceIsTheLogarithmOfTheSmallestStep) {
  for (const float value : mel_filterbank(std::vector<float>(800))) EXPECT_NEAR(value, -15.9424, 1e-3);
}

TEST(Filterbank, AToneIsLoudestInItsBand) {
  std::vector<float> tone(400);
  for (std::size_t i = 0; i < tone.size(); ++i)
    tone[i] = static_cast<float>(std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / 16000));
  const auto found = mel_filterbank(tone);
  // 1000 Hz are 1000 mel; the bands are 34.7 mel apart, the first in the middle of 66.
  EXPECT_EQ(std::ranges::max_element(found) - found.begin(), 27);
}

}  // namespace
}  // namespace reelwright::speech

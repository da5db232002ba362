#include "media/true_peak_limiter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "media/loudness.h"

namespace reelwright::media {
namespace {

constexpr int rate = 48000;

/// A stereo tone whose phase puts its peaks between the samples; the right channel is half as loud.
std::vector<float> tone(double frequency, double amplitude, double seconds) {
  std::vector<float> samples;
  for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
    const auto value = static_cast<float>(
        amplitude * std::sin(2 * std::numbers::pi * frequency * i / rate + std::numbers::pi / 4));
    samples.push_back(value);
    samples.push_back(value / 2);
  }
  return samples;
}

std::vector<float> limited(const std::vector<float>& samples, double ceiling) {
  TruePeakLimiter limiter(rate, ceiling);
  std::vector<float> out;
  limiter.process(samples, out);
  limiter.flush(out);
  return out;
}

TEST(TruePeakLimiter, LeavesQuietSoundAsItIs) {
  const auto in = tone(440, 0.5, 0.5);
  const auto out = limited(in, 0.8);
  ASSERT_EQ(out.size(), in.size());
  for (std::size_t i = 0; i < in.size(); ++i) ASSERT_NEAR(out[i], in[i], 1e-5F) << i;
}

TEST(TruePeakLimiter, HoldsPeaksBetweenSamplesDown) {
  for (const double frequency : {100.0, 997.0, 6000.0, 12000.0}) {
    auto in = tone(frequency, 0.3, 0.2);
    for (const auto& part : {tone(frequency, 1.6, 0.3), tone(frequency, 0.3, 0.2),
                             tone(frequency, 1.0, 0.001), tone(frequency, 0.3, 0.1)})
      in.insert(in.end(), part.begin(), part.end());
    LoudnessMeter meter(rate, true);
    meter.add(limited(in, 0.8));
    EXPECT_LE(meter.peak(), 20 * std::log10(0.8) + 0.15) << frequency;
  }
}

TEST(TruePeakLimiter, BothChannelsGetOneGain) {
  const auto out = limited(tone(440, 2.0, 0.2), 0.8);
  for (std::size_t i = 0; i + 1 < out.size(); i += 2) ASSERT_NEAR(out[i + 1], out[i] / 2, 1e-5F);
}

TEST(TruePeakLimiter, LetsGoAfterAPeak) {
  auto in = tone(440, 2.0, 0.1);
  const auto quiet = tone(440, 0.5, 0.6);
  in.insert(in.end(), quiet.begin(), quiet.end());
  const auto out = limited(in, 0.8);
  const auto loudest = std::max_element(out.end() - 2 * 4800, out.end());
  EXPECT_GT(*loudest, 0.49F);
}

}  // namespace
}  // namespace reelwright::media

#include "media/loudness.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace reelwright::media {
namespace {

constexpr int rate = 48000;

std::vector<float> tone(double amplitude, double frequency, double seconds, double phase = 0) {
  std::vector<float> samples(static_cast<std::size_t>(2 * rate * seconds));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double time = static_cast<double>(i - i % 2) / (2 * rate);
    samples[i] = static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * frequency * time + phase));
  }
  return samples;
}

TEST(LoudnessMeter, AStereoToneMeasuresAsTheStandardSays) {
  // EBU Tech 3341, case 1: 1 kHz at -23 dBFS in both channels is -23 LUFS.
  LoudnessMeter meter(rate, false);
  meter.add(tone(decibels_to_factor(-23), 1000, 5));
  EXPECT_NEAR(meter.loudness(), -23, 0.1);
  EXPECT_NEAR(meter.peak(), -23, 0.1);
}

TEST(LoudnessMeter, SilenceIsTheFloorAndNotMinusInfinity) {
  LoudnessMeter meter(rate, true);
  EXPECT_EQ(meter.loudness(), silence_lufs) << "nothing was heard";
  EXPECT_EQ(meter.peak(), -100);
  meter.add(std::vector<float>(2 * rate, 0.0F));
  EXPECT_EQ(meter.loudness(), silence_lufs);
  EXPECT_EQ(meter.peak(), -100);
}

TEST(LoudnessMeter, QuietStretchesAreGatedOut) {
  LoudnessMeter meter(rate, false);
  meter.add(tone(decibels_to_factor(-20), 1000, 5));
  meter.add(tone(decibels_to_factor(-60), 1000, 20));
  EXPECT_NEAR(meter.loudness(), -20, 0.3);
}

TEST(LoudnessMeter, TheTruePeakLiesBetweenTheSamples) {
  // A quarter of the rate, off by an eighth: every sample is 3 dB below the wave's top.
  const auto samples = tone(1, rate / 4.0, 1, std::numbers::pi / 4);
  LoudnessMeter of_samples(rate, false);
  LoudnessMeter between(rate, true);
  of_samples.add(samples);
  between.add(samples);
  EXPECT_NEAR(of_samples.peak(), -3.01, 0.05);
  EXPECT_NEAR(between.peak(), 0, 0.6);
}

TEST(Gain, BringsASoundToItsTargetButNoWhisperToAShout) {
  EXPECT_DOUBLE_EQ(gain_towards(-14, -20), 6);
  EXPECT_DOUBLE_EQ(gain_towards(-14, -8), -6);
  EXPECT_DOUBLE_EQ(gain_towards(-14, -60), 24);
  EXPECT_DOUBLE_EQ(gain_towards(-14, silence_lufs), 0) << "silence stays silent";
}

TEST(Gain, DecibelsAreOfAmplitude) {
  EXPECT_DOUBLE_EQ(decibels_to_factor(0), 1);
  EXPECT_DOUBLE_EQ(decibels_to_factor(20), 10);
  EXPECT_NEAR(decibels_to_factor(-6.0206), 0.5, 1e-5);
}

}  // namespace
}  // namespace reelwright::media

#include "media/envelope.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/error.h"
#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

using std::chrono::milliseconds;
using testing::run_ffmpeg;
using testing::TemporaryFolder;

// One second of silence, then two of a tone of amplitude 0.5 (RMS 20 log10(0.5 / sqrt 2) dB).
std::filesystem::path silence_then_tone(const TemporaryFolder& folder) {
  const auto file = folder / "tone.wav";
  run_ffmpeg({"-f", "lavfi", "-i", "aevalsrc=0.5*sin(2*PI*1000*t)*gte(t\\,1):d=3:s=16000"}, file);
  return file;
}

const double tone = 20 * std::log10(0.5 / std::sqrt(2.0));

TEST(Envelope, GivesTheRootMeanSquareOfEachStep) {
  const TemporaryFolder folder;
  const Envelope envelope = loudness_envelope(silence_then_tone(folder), {}, {});
  EXPECT_EQ(envelope.start, core::Time{});
  EXPECT_EQ(envelope.step, milliseconds(10));
  ASSERT_EQ(envelope.decibels.size(), 300U);
  EXPECT_EQ(envelope.decibels[50], -100);
  EXPECT_EQ(envelope.decibels[99], -100);
  EXPECT_NEAR(envelope.decibels[101], tone, 0.1);
  EXPECT_NEAR(envelope.decibels[299], tone, 0.1);
}

TEST(Envelope, OfAPartBeginsThere) {
  const TemporaryFolder folder;
  const Envelope envelope =
      loudness_envelope(silence_then_tone(folder),
                        {.from = milliseconds(800), .to = milliseconds(1210), .step = milliseconds(20)}, {});
  EXPECT_EQ(envelope.start, milliseconds(800));
  ASSERT_EQ(envelope.decibels.size(), 21U);  // 410 ms: the last step is half as long
  EXPECT_EQ(envelope.decibels[9], -100);
  EXPECT_NEAR(envelope.decibels[11], tone, 0.1);
  EXPECT_NEAR(envelope.decibels[20], tone, 0.1);
}

TEST(Envelope, NeverAboveFullScale) {
  const TemporaryFolder folder;
  run_ffmpeg({"-f", "lavfi", "-i", "aevalsrc=4*sgn(sin(2*PI*100*t)):d=1:s=16000", "-c:a", "pcm_f32le"},
             folder / "loud.wav");
  const Envelope envelope = loudness_envelope(folder / "loud.wav", {}, {});
  for (const float level : envelope.decibels) EXPECT_LE(level, 0);
  EXPECT_EQ(envelope.decibels[50], 0);
}

TEST(Envelope, TellsHowFarItIs) {
  const TemporaryFolder folder;
  std::vector<double> seen;
  loudness_envelope(silence_then_tone(folder), {},
                    {.stop = {}, .progress = [&](double share) { seen.push_back(share); }});
  ASSERT_GE(seen.size(), 3U);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_GT(seen.front(), 0);
  EXPECT_LT(seen.front(), 0.5);
  EXPECT_DOUBLE_EQ(seen.back(), 1);
}

TEST(Envelope, StopsWhenAsked) {
  const TemporaryFolder folder;
  std::stop_source stop;
  const core::Context context{.stop = stop.get_token(), .progress = [&](double) { stop.request_stop(); }};
  try {
    loudness_envelope(silence_then_tone(folder), {}, context);
    FAIL() << "went on after the stop";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

TEST(Envelope, AFileWithoutSoundIsAnError) {
  const TemporaryFolder folder;
  run_ffmpeg({"-f", "lavfi", "-i", "color=s=64x64:d=1", "-an", "-c:v", "libx264"}, folder / "mute.mp4");
  try {
    loudness_envelope(folder / "mute.mp4", {}, {});
    FAIL() << "found sound where there is none";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::unsupported_media);
  }
}

}  // namespace
}  // namespace reelwright::media

#include "media/clip_sound.h"

#include <gtest/gtest.h>

#include <string>

#include "core/context.h"
#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

struct Result {
  double loudness;
  double true_peak;
};

/// Ten seconds of `sound` (FFmpeg's expression of t) as they would go out.
Result delivered(const std::string& sound) {
  const testing::TemporaryFolder folder;
  testing::run_ffmpeg({"-f", "lavfi", "-i", "aevalsrc='" + sound + "':d=10:s=48000"}, folder / "sound.wav");
  ClipSound clip(folder / "sound.wav", {core::Time{0}, core::from_seconds(10)}, {});
  while (!clip.next().empty()) {
  }
  return {clip.loudness(), clip.true_peak()};
}

/// A tone with a click four times a second, `clicks` times as high.
std::string tone_with_clicks(double clicks) {
  return "0.05*sin(2*PI*300*t)*(1+" + std::to_string(clicks) + "*lt(mod(t,0.25),0.003))";
}

TEST(ClipSound, PeakySoundBecomesAsLoudAsAnyOther) {
  for (const double clicks : {0.0, 4.0, 9.0, 18.0}) {
    const Result result = delivered(tone_with_clicks(clicks));
    EXPECT_NEAR(result.loudness, ClipSound::target_lufs, 0.35) << clicks;
    EXPECT_LE(result.true_peak, -1.5) << clicks;
  }
}

}  // namespace
}  // namespace reelwright::media

#include "clips/preview.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "clips/render.h"
#include "core/files.h"
#include "media/audio_reader.h"
#include "support/media_fixture.h"

namespace reelwright::clips {
namespace {

class Preview : public ::testing::Test {
 protected:
  // A finished clip of numbered frames.
  std::filesystem::path clip(Size size, double seconds = 3) const {
    testing::make_numbered(folder / "talk.mp4", "25", seconds);
    RenderRequest request{.source = folder / "talk.mp4",
                          .span = {core::Time{}, core::from_seconds(seconds)},
                          .size = size,
                          .rate = {25, 1},
                          .out = folder / "clip.mp4"};
    render_clip(request, {});
    return folder / "clip.mp4";
  }

  media::SourceFacts previewed(const std::filesystem::path& file) const {
    render_preview(file, folder / "small.mp4", {});
    return media::probe(folder / "small.mp4");
  }

  testing::TemporaryFolder folder;
};

TEST_F(Preview, IsTheWholeClipAndSmall) {
  const media::SourceFacts clip_facts = media::probe(clip({720, 1280}));
  const media::SourceFacts facts = previewed(folder / "clip.mp4");
  ASSERT_TRUE(facts.video);
  EXPECT_EQ(facts.video->codec, "h264");
  EXPECT_EQ(facts.video->width, 360);
  EXPECT_EQ(facts.video->height, 640);
  EXPECT_NEAR(core::to_seconds(facts.duration), core::to_seconds(clip_facts.duration), 0.05);
  ASSERT_EQ(facts.audio.size(), 1U);
  EXPECT_EQ(facts.audio[0].codec, "aac");
  media::VideoReader reader(folder / "small.mp4", {});
  int frames = 0;
  for (; const auto frame = reader.next(); ++frames)
    EXPECT_NEAR(core::to_seconds(frame->time), frames / 25.0, 1e-3);
  EXPECT_EQ(frames, 75);
}

TEST_F(Preview, WideClipsAndSmallOnesKeepTheirShape) {
  const media::SourceFacts wide = previewed(clip({1280, 720}, 1));
  EXPECT_EQ(wide.video->width, 360);
  EXPECT_EQ(wide.video->height, 202);
  const media::SourceFacts small = previewed(clip({180, 320}, 1));
  EXPECT_EQ(small.video->width, 180);
  EXPECT_EQ(small.video->height, 320);
}

TEST_F(Preview, TheSoundStaysWithThePicture) {
  clip({180, 320});
  previewed(folder / "clip.mp4");
  media::AudioReader reader(folder / "small.mp4", {.sample_rate = 48000, .channels = 1});
  std::vector<float> sound(48000 * 4);
  sound.resize(reader.read(sound));
  const auto beeps = testing::beep_starts(sound, 48000);
  ASSERT_EQ(beeps.size(), 2U);
  EXPECT_NEAR(beeps[0], 1, 0.03);
  EXPECT_NEAR(beeps[1], 2, 0.03);
}

TEST_F(Preview, NoiseDoesNotMakeItLarge) {
  testing::run_ffmpeg(
      {"-f", "lavfi", "-i", "color=gray:s=360x640:r=25:d=4,noise=alls=100:allf=t", "-f", "lavfi", "-i",
       "anoisesrc=d=4:a=0.3", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"},
      folder / "noise.mp4");
  const media::SourceFacts facts = previewed(folder / "noise.mp4");
  const double bits = static_cast<double>(facts.bytes) * 8 / core::to_seconds(facts.duration);
  EXPECT_LT(bits, 400'000);
}

TEST_F(Preview, ItsIndexComesFirst) {
  clip({180, 320}, 1);
  previewed(folder / "clip.mp4");
  const std::string bytes = core::read_file(folder / "small.mp4", 10 << 20);
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
}

TEST_F(Preview, StopsAndLeavesNothing) {
  clip({180, 320}, 1);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(
      render_preview(folder / "clip.mp4", folder / "small.mp4", {.stop = stop.get_token(), .progress = {}}),
      core::Error);
  EXPECT_FALSE(std::filesystem::exists(folder / "small.mp4"));
}

}  // namespace
}  // namespace reelwright::clips

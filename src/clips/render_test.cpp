#include "clips/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "media/audio_reader.h"
#include "media/loudness.h"
#include "media/video_reader.h"
#include "support/media_fixture.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::clips {
namespace {

using testing::make_numbered;
using testing::number_shown;
using testing::TemporaryFolder;

constexpr int rate = 48000;

std::vector<float> sound_of(const std::filesystem::path& file, int channels = 1) {
  media::AudioReader reader(file, {.sample_rate = rate, .channels = channels});
  std::vector<float> all;
  std::vector<float> block(9600);
  while (const std::size_t got = reader.read(block))
    all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(got));
  return all;
}

std::vector<int> numbers_of(const std::filesystem::path& file) {
  media::VideoReader reader(file, {});
  std::vector<int> numbers;
  while (const auto frame = reader.next()) numbers.push_back(number_shown(*frame));
  return numbers;
}

/// A request for the whole picture of a `make_numbered` file, in its own size.
RenderRequest whole(const std::filesystem::path& source, double start, double end,
                    const std::filesystem::path& out) {
  const media::SourceFacts facts = media::probe(source);
  RenderRequest request{.source = source,
                        .span = {core::from_seconds(start), core::from_seconds(end)},
                        .size = output_size("source", *facts.video),
                        .rate = media::output_frame_rate(*facts.video),
                        .out = out};
  return request;
}

std::vector<std::string> names_in(const TemporaryFolder& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

TEST(Render, PicturesAndSoundAreThoseOfTheSpanAndEndTogether) {
  const TemporaryFolder folder;
  make_numbered(folder / "in.mp4", "25", 20);
  const RenderResult result = render_clip(whole(folder / "in.mp4", 3.3, 18.1, folder / "out.mp4"), {});
  EXPECT_EQ(result.frames, 370U);
  EXPECT_EQ(result.duration, core::from_seconds(14.8));
  const auto numbers = numbers_of(folder / "out.mp4");
  ASSERT_EQ(numbers.size(), 370U);
  for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], 82 + static_cast<int>(i));
  const auto samples = sound_of(folder / "out.mp4");
  EXPECT_NEAR(static_cast<double>(samples.size()) / rate, 14.8, 0.025);
  const auto starts = testing::beep_starts(samples, rate);
  ASSERT_EQ(starts.size(), 15U);
  for (std::size_t i = 0; i < starts.size(); ++i) EXPECT_NEAR(starts[i], 0.7 + static_cast<double>(i), 0.005);
}

TEST(Render, VariableRatesBecomeConstantInStepWithTheSound) {
  const TemporaryFolder folder;
  // Every third picture of the second half is missing, so numbers still tell the time: number = 30 * time.
  testing::run_ffmpeg({"-f", "lavfi", "-i", testing::numbered_frames("30", 12), "-f", "lavfi", "-i",
                       testing::beeps(12), "-vf", "select='lt(t,6)+mod(n,3)'", "-fps_mode", "vfr", "-c:v",
                       "libx264", "-preset", "ultrafast", "-c:a", "aac"},
                      folder / "in.mp4");
  const RenderResult result = render_clip(whole(folder / "in.mp4", 2, 11, folder / "out.mp4"), {});
  EXPECT_EQ(result.frames, 270U);
  const auto numbers = numbers_of(folder / "out.mp4");
  ASSERT_EQ(numbers.size(), 270U);
  for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_NEAR(numbers[i], 60 + static_cast<int>(i), 1);
  const auto starts = testing::beep_starts(sound_of(folder / "out.mp4"), rate);
  ASSERT_FALSE(starts.empty());
  EXPECT_NEAR(starts.back(), 8, 0.005);
}

TEST(Render, FormatIsWhatPhonesAndAppsExpect) {
  const TemporaryFolder folder;
  make_numbered(folder / "in.mp4", "30000/1001", 4);
  RenderRequest request = whole(folder / "in.mp4", 0, 3, folder / "out.mp4");
  request.size = output_size("9:16", *media::probe(folder / "in.mp4").video);
  render_clip(request, {});
  const media::SourceFacts facts = media::probe(folder / "out.mp4");
  EXPECT_EQ(facts.video->codec, "h264");
  EXPECT_EQ(facts.video->width, 1080);
  EXPECT_EQ(facts.video->height, 1920);
  EXPECT_NEAR(facts.video->frame_rate, 29.97, 0.001);
  EXPECT_FALSE(facts.video->variable_frame_rate);
  EXPECT_EQ(facts.video->start, core::Time{});
  ASSERT_EQ(facts.audio.size(), 1U);
  EXPECT_EQ(facts.audio[0].codec, "aac");
  EXPECT_EQ(facts.audio[0].sample_rate, 48000);
  EXPECT_EQ(facts.audio[0].channels, 2);
  // The index stands before the data.
  std::ifstream file(folder / "out.mp4", std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
  media::VideoReader reader(folder / "out.mp4", {});
  const auto frame = reader.next();
  EXPECT_EQ(frame->picture->colorspace, AVCOL_SPC_BT709);
  EXPECT_EQ(frame->picture->color_trc, AVCOL_TRC_BT709);
  EXPECT_EQ(frame->picture->color_range, AVCOL_RANGE_MPEG);
}

class RenderLoudness : public ::testing::TestWithParam<std::string> {};

TEST_P(RenderLoudness, ReachesTheTargetUnderThePeak) {
  const TemporaryFolder folder;
  testing::run_ffmpeg(
      {"-f", "lavfi", "-i", testing::numbered_frames("25", 12), "-f", "lavfi", "-i", GetParam(), "-shortest",
       "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le"},
      folder / "in.mov");
  const RenderResult result = render_clip(whole(folder / "in.mov", 1, 11, folder / "out.mp4"), {});
  EXPECT_NEAR(result.loudness_lufs, -14, 0.5);
  EXPECT_LE(result.true_peak_dbtp, -1);
  media::LoudnessMeter decoded(rate, true);
  decoded.add(sound_of(folder / "out.mp4", 2));
  EXPECT_NEAR(decoded.loudness(), -14, 0.6);
  EXPECT_LE(decoded.peak(), -1);
}

INSTANTIATE_TEST_SUITE_P(Sounds, RenderLoudness,
                         ::testing::Values("anoisesrc=d=12:c=pink:a=0.1:seed=1",
                                           "anoisesrc=d=12:c=pink:a=1:seed=2", "sine=f=997:d=12",
                                           "aevalsrc='0.8*sin(2*PI*300*t)*exp(-12*mod(t,0.4))':d=12"));

TEST(Render, SilenceStaysSilence) {
  const TemporaryFolder folder;
  testing::run_ffmpeg({"-f", "lavfi", "-i", testing::numbered_frames("25", 3), "-f", "lavfi", "-i",
                       "anullsrc=d=3", "-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"},
                      folder / "in.mp4");
  const RenderResult result = render_clip(whole(folder / "in.mp4", 0, 3, folder / "out.mp4"), {});
  EXPECT_EQ(result.loudness_lufs, media::silence_lufs);
  for (const float sample : sound_of(folder / "out.mp4")) ASSERT_LT(std::abs(sample), 1e-4F);
}

TEST(Render, SourceWithoutSoundBecomesSilence) {
  const TemporaryFolder folder;
  testing::run_ffmpeg(
      {"-f", "lavfi", "-i", testing::numbered_frames("25", 3), "-c:v", "libx264", "-preset", "ultrafast"},
      folder / "in.mp4");
  render_clip(whole(folder / "in.mp4", 0.5, 2.5, folder / "out.mp4"), {});
  EXPECT_NEAR(static_cast<double>(sound_of(folder / "out.mp4").size()) / rate, 2, 0.025);
}

TEST(Render, CaptionsAreDrawnOnEveryFrame) {
  const TemporaryFolder folder;
  make_numbered(folder / "in.mp4", "25", 3);
  RenderRequest request = whole(folder / "in.mp4", 1, 2, folder / "out.mp4");
  std::vector<core::Time> times;
  request.overlay = [&](AVFrame& picture, core::Time time) {
    times.push_back(time);
    for (int y = 0; y < picture.height; ++y)
      std::fill_n(picture.data[0] + static_cast<std::ptrdiff_t>(y) * picture.linesize[0], picture.width, 235);
  };
  render_clip(request, {});
  ASSERT_EQ(times.size(), 25U);
  EXPECT_EQ(times.front(), core::Time{});
  EXPECT_EQ(times.back(), core::from_seconds(0.96));
  for (const int number : numbers_of(folder / "out.mp4")) EXPECT_EQ(number, 0xffff);
}

TEST(Render, AnEncoderThatIsNotThereFallsBackWithAWarning) {
  const TemporaryFolder folder;
  make_numbered(folder / "in.mp4", "25", 2);
  RenderRequest request = whole(folder / "in.mp4", 0, 1, folder / "out.mp4");
  request.encoder = "h264_not_there";
  const RenderResult result = render_clip(request, {});
  EXPECT_EQ(result.encoder, "libx264");
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, "encoder_fallback");
}

TEST(Render, StoppingLeavesNothing) {
  const TemporaryFolder folder;
  make_numbered(folder / "in.mp4", "25", 6);
  std::stop_source stop;
  core::Context context{.stop = stop.get_token(), .progress = [&](double done) {
                          if (done > 0.3) stop.request_stop();
                        }};
  try {
    render_clip(whole(folder / "in.mp4", 0, 6, folder / "out.mp4"), context);
    FAIL() << "was not stopped";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
  EXPECT_THAT(names_in(folder), ::testing::ElementsAre("in.mp4"));
}

TEST(Render, RefusesSpansOutsideOfTheSource) {
  const TemporaryFolder folder;
  make_numbered(folder / "in.mp4", "25", 2);
  for (const auto& [start, end] : {std::pair{5.0, 6.0}, std::pair{1.0, 1.0}, std::pair{-1.0, 1.0}})
    EXPECT_THROW(render_clip(whole(folder / "in.mp4", start, end, folder / "out.mp4"), {}), core::Error)
        << start;
  EXPECT_THAT(names_in(folder), ::testing::ElementsAre("in.mp4"));
}

TEST(Render, MissingFolderIsNamed) {
  const TemporaryFolder folder;
  make_numbered(folder / "in.mp4", "25", 2);
  try {
    render_clip(whole(folder / "in.mp4", 0, 1, folder / "nowhere/out.mp4"), {});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::not_found);
  }
}

TEST(Render, PosterShowsTheClipsPicture) {
  const TemporaryFolder folder;
  make_numbered(folder / "in.mp4", "25", 4);
  render_poster({.source = folder / "in.mp4",
                 .time = core::from_seconds(2.01),
                 .size = {320, 180},
                 .out = folder / "a.jpg"});
  testing::run_ffmpeg({"-i", folder / "a.jpg", "-c:v", "libx264", "-qp", "1"}, folder / "a.mp4");
  EXPECT_THAT(numbers_of(folder / "a.mp4"), ::testing::ElementsAre(50));
}

TEST(OutputSize, FollowsTheAspectRatio) {
  const media::VideoFacts source{.width = 853, .height = 481};
  EXPECT_EQ(output_size("9:16", source), (Size{1080, 1920}));
  EXPECT_EQ(output_size("source", source), (Size{852, 480}));
  EXPECT_THROW(output_size("2:1", source), core::Error);
}

}  // namespace
}  // namespace reelwright::clips

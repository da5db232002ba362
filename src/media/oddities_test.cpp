#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "media/audio_reader.h"
#include "media/probe.h"
#include "media/scaler.h"
#include "media/video_reader.h"
#include "support/media_fixture.h"

extern "C" {
#include <libavutil/frame.h>
}

// What phones, cameras, recorders and meeting tools write beside ordinary files.

namespace reelwright::media {
namespace {

using testing::beeps;
using testing::make_numbered;
using testing::number_shown;
using testing::numbered_frames;
using testing::run_ffmpeg;
using testing::TemporaryFolder;

using Strings = std::vector<std::string>;

const Strings x264{"-c:v", "libx264", "-preset", "ultrafast", "-qp", "10"};

Strings operator+(Strings left, const Strings& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Frame first_frame(const std::filesystem::path& file, double from = 0) {
  VideoReader reader(file, {.from = core::from_seconds(from)});
  auto frame = reader.next();
  if (!frame) throw std::runtime_error("no frame");
  return std::move(*frame);
}

/// Y, U, V in the middle of one of the picture's quarters: 0 upper left, 1 upper right, 2 lower left, 3 lower
/// right.
std::array<int, 3> quarter(const Frame& frame, int index) {
  const AVFrame& picture = *frame.picture;
  const int x = picture.width * (index % 2 ? 3 : 1) / 4;
  const int y = picture.height * (index / 2 ? 3 : 1) / 4;
  return {picture.data[0][y * picture.linesize[0] + x], picture.data[1][y / 2 * picture.linesize[1] + x / 2],
          picture.data[2][y / 2 * picture.linesize[2] + x / 2]};
}

struct Turning {
  std::string name;
  Strings arguments;
  int rotation;
  std::array<int, 4> lumas;  ///< expected in the quarters, of stored 50 85 / 119 153
  bool upended;
};

class Turned : public ::testing::TestWithParam<Turning> {};

TEST_P(Turned, ComeOutUpright) {
  const TemporaryFolder folder;
  run_ffmpeg(Strings{"-f", "lavfi", "-i",
                     "color=s=160x96:r=25:d=0.2,format=gray,geq=lum='if(lt(Y,48),if(lt(X,80),40,80),if(lt(X,"
                     "80),120,160))',"
                     "scale=out_range=tv:in_range=tv,format=yuv420p"} +
                 x264,
             folder / "stored.mp4");
  run_ffmpeg(GetParam().arguments + Strings{"-i", folder / "stored.mp4", "-c", "copy"}, folder / "a.mp4");
  const SourceFacts facts = probe(folder / "a.mp4");
  EXPECT_EQ(facts.video->rotation, GetParam().rotation);
  EXPECT_EQ(facts.video->width, GetParam().upended ? 96 : 160);
  EXPECT_EQ(facts.video->height, GetParam().upended ? 160 : 96);
  const Frame frame = first_frame(folder / "a.mp4");
  EXPECT_EQ(frame.picture->width, facts.video->width);
  for (int i = 0; i < 4; ++i)
    EXPECT_NEAR(quarter(frame, i)[0], GetParam().lumas[static_cast<std::size_t>(i)], 6) << i;
}

INSTANTIATE_TEST_SUITE_P(
    All, Turned,
    ::testing::Values(Turning{"none", {}, 0, {50, 85, 119, 153}, false},
                      Turning{"quarter", {"-display_rotation", "-90"}, 90, {119, 50, 153, 85}, true},
                      Turning{"half", {"-display_rotation", "180"}, 180, {153, 119, 85, 50}, false},
                      Turning{"three_quarters", {"-display_rotation", "90"}, 270, {85, 153, 50, 119}, true},
                      Turning{"mirrored", {"-display_hflip"}, 0, {85, 50, 153, 119}, false},
                      Turning{"upside_down", {"-display_vflip"}, 180, {119, 153, 50, 85}, false},
                      Turning{"quarter_mirrored",
                              {"-display_rotation", "-90", "-display_hflip"},
                              90,
                              {50, 119, 85, 153},
                              true}),
    [](const auto& tested) { return tested.param.name; });

TEST(Oddities, PixelsThatAreNotSquare) {
  const TemporaryFolder folder;
  run_ffmpeg(Strings{"-f", "lavfi", "-i", numbered_frames("25", 1, 240), "-vf", "setsar=16/11"} + x264,
             folder / "a.mp4");
  const SourceFacts facts = probe(folder / "a.mp4");
  EXPECT_EQ(facts.video->width, 465);
  EXPECT_EQ(facts.video->height, 240);
  VideoReader reader(folder / "a.mp4", {});
  EXPECT_NEAR(reader.pixel_aspect(), 16.0 / 11, 1e-4);
  EXPECT_EQ(reader.width(), 465);
  AnalysisScaler scaler(93, 1);
  Picture picture;
  scaler.scale(*reader.next(), picture);
  EXPECT_EQ(picture.height, 48);
}

TEST(Oddities, VariableRateKeepsTrueTimes) {
  const TemporaryFolder folder;
  run_ffmpeg(Strings{"-f", "lavfi", "-i", numbered_frames("30", 4), "-vf",
                     "select='not(mod(n,7))+not(mod(n,4))'", "-fps_mode", "vfr"} +
                 x264,
             folder / "a.mp4");
  EXPECT_TRUE(probe(folder / "a.mp4").video->variable_frame_rate);
  VideoReader reader(folder / "a.mp4", {.from = core::from_seconds(1)});
  std::optional<core::Time> expected;
  int count = 0;
  while (const auto frame = reader.next()) {
    EXPECT_NEAR(core::to_seconds(frame->time), number_shown(*frame) / 30.0, 0.001);
    EXPECT_EQ(frame->time, expected.value_or(frame->time));
    expected = frame->time + frame->duration;
    ++count;
  }
  EXPECT_GT(count, 25);
}

/// Rows of a still line pattern: interlaced material of something that moves has combs, a deinterlaced one
/// has not.
double combing(const AVFrame& picture) {
  double total = 0;
  for (int y = 2; y + 2 < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const auto at = [&](int row) {
        return static_cast<int>(picture.data[0][row * picture.linesize[0] + x]);
      };
      total += std::max(0, std::abs(at(y) - (at(y - 1) + at(y + 1)) / 2) - std::abs(at(y - 1) - at(y + 1)));
    }
  return total / (picture.width * picture.height);
}

TEST(Oddities, InterlacedBecomesProgressive) {
  const TemporaryFolder folder;
  const Strings source{"-f", "lavfi", "-i", "testsrc2=s=320x240:r=50:d=2,crop=200:200:x='mod(t*400,100)'"};
  run_ffmpeg(source + Strings{"-vf", "interlace=scan=tff:lowpass=0", "-c:v", "mpeg2video", "-q:v", "1",
                              "-flags", "+ildct+ilme"},
             folder / "a.ts");
  EXPECT_TRUE(probe(folder / "a.ts").video->interlaced);
  run_ffmpeg(source + Strings{"-vf", "interlace=scan=tff:lowpass=0,setfield=prog", "-c:v", "mpeg2video",
                              "-q:v", "1"},
             folder / "combed.ts");
  VideoReader reader(folder / "a.ts", {.from = core::from_seconds(1)});
  const auto frame = reader.next();
  ASSERT_TRUE(frame);
  EXPECT_LT(combing(*frame->picture), combing(*first_frame(folder / "combed.ts", 1).picture) / 3);
  int count = 1;
  while (reader.next()) ++count;
  EXPECT_NEAR(count, 25, 1);
}

TEST(Oddities, TenBitBecomesEight) {
  const TemporaryFolder folder;
  make_numbered(folder / "a.mp4", "25", 1,
                {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt",
                 "yuv420p10le"});
  EXPECT_EQ(probe(folder / "a.mp4").video->bit_depth, 10);
  const Frame frame = first_frame(folder / "a.mp4", 0.5);
  EXPECT_EQ(frame.picture->format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(number_shown(frame), 12);
}

/// 203 cd/m2, the white of SDR, is 58 % of PQ's and 75 % of HLG's range (ITU-R BT.2408).
class Hdr : public ::testing::TestWithParam<std::pair<std::string, int>> {};

TEST_P(Hdr, IsToneMapped) {
  const TemporaryFolder folder;
  const auto& [transfer, white] = GetParam();
  const std::string source = fmt::format(
      "color=black:s=128x64:r=25:d=0.2,format=yuv420p10le,geq=lum='if(lt(X,64),64,{})':cb=512:cr=512,"
      "setparams=color_trc={}:color_primaries=bt2020:colorspace=bt2020nc:range=tv",
      white, transfer);
  run_ffmpeg({"-f", "lavfi", "-i", source, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
              "log-level=none:qp=4"},
             folder / "a.mp4");
  EXPECT_TRUE(probe(folder / "a.mp4").video->hdr);
  const Frame frame = first_frame(folder / "a.mp4");
  EXPECT_EQ(frame.picture->format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(frame.picture->colorspace, AVCOL_SPC_BT709);
  EXPECT_EQ(frame.picture->color_trc, AVCOL_TRC_BT709);
  EXPECT_LE(quarter(frame, 0)[0], 18);
  EXPECT_GE(quarter(frame, 1)[0], 160);
  EXPECT_LE(quarter(frame, 1)[0], 236);
  EXPECT_NEAR(quarter(frame, 1)[1], 128, 2);
}

INSTANTIATE_TEST_SUITE_P(Transfers, Hdr,
                         ::testing::Values(std::pair{"smpte2084", 572}, std::pair{"arib-std-b67", 721}));

TEST(Oddities, SeveralSoundTracks) {
  const TemporaryFolder folder;
  run_ffmpeg(Strings{"-f",
                     "lavfi",
                     "-i",
                     numbered_frames("25", 3),
                     "-f",
                     "lavfi",
                     "-i",
                     "anullsrc=d=3",
                     "-f",
                     "lavfi",
                     "-i",
                     beeps(3),
                     "-map",
                     "0",
                     "-map",
                     "1",
                     "-map",
                     "2",
                     "-disposition:a:0",
                     "0",
                     "-disposition:a:1",
                     "default",
                     "-metadata:s:a:1",
                     "language=deu",
                     "-c:a",
                     "aac"} +
                 x264,
             folder / "a.mkv");
  const SourceFacts facts = probe(folder / "a.mkv");
  ASSERT_EQ(facts.audio.size(), 2U);
  EXPECT_EQ(facts.audio[1].language, "deu");
  EXPECT_TRUE(facts.audio[1].is_default);
  std::vector<float> samples(3 * 16000);
  AudioReader preferred(folder / "a.mkv", {});
  samples.resize(preferred.read(samples));
  EXPECT_EQ(testing::beep_starts(samples, 16000).size(), 2U);
  AudioReader other(folder / "a.mkv", {.stream = facts.audio[0].stream});
  samples.resize(other.read(samples));
  EXPECT_TRUE(testing::beep_starts(samples, 16000).empty());
}

TEST(Oddities, SoundThatStartsLate) {
  const TemporaryFolder folder;
  make_numbered(folder / "whole.mp4", "25", 6);
  for (const char* name : {"a.mp4", "a.mkv", "a.ts"}) {
    run_ffmpeg({"-i", folder / "whole.mp4", "-itsoffset", "1.5", "-i", folder / "whole.mp4", "-map", "0:v",
                "-map", "1:a", "-c", "copy"},
               folder / name);
    const SourceFacts facts = probe(folder / name);
    EXPECT_NEAR(core::to_seconds(facts.audio[0].start), 1.5, 0.03) << name;
    for (const double from : {0.0, 1.0, 3.2}) {
      AudioReader reader(folder / name, {.from = core::from_seconds(from), .to = core::from_seconds(6)});
      std::vector<float> samples(6 * 16000);
      samples.resize(reader.read(samples));
      EXPECT_EQ(samples.size(), static_cast<std::size_t>(std::lround((6 - from) * 16000)));
      const auto starts = testing::beep_starts(samples, 16000);
      ASSERT_FALSE(starts.empty()) << name;
      EXPECT_NEAR(starts.front() + from, from < 2.5 ? 2.5 : 3.5, 0.025) << name << from;
      const Frame frame = first_frame(folder / name, from + 0.02);
      EXPECT_EQ(number_shown(frame), static_cast<int>((from + 0.02) * 25)) << name;
    }
  }
}

TEST(Oddities, PictureThatStartsLate) {
  const TemporaryFolder folder;
  make_numbered(folder / "whole.mp4", "25", 6);
  for (const char* name : {"a.mp4", "a.mkv"}) {
    run_ffmpeg({"-itsoffset", "1.5", "-i", folder / "whole.mp4", "-i", folder / "whole.mp4", "-map", "0:v",
                "-map", "1:a", "-c", "copy"},
               folder / name);
    EXPECT_NEAR(core::to_seconds(probe(folder / name).video->start), 1.5, 0.03) << name;
    const Frame first = first_frame(folder / name, 0.5);
    EXPECT_EQ(number_shown(first), 0);
    EXPECT_NEAR(core::to_seconds(first.time), 1.5, 0.03) << name;
    EXPECT_EQ(number_shown(first_frame(folder / name, 3.55)), 51) << name;
  }
}

TEST(Oddities, EditListsAreObeyed) {
  const TemporaryFolder folder;
  make_numbered(folder / "whole.mp4", "25", 8,
                {"-c:v", "libx264", "-preset", "fast", "-g", "100", "-c:a", "aac"});
  // A copy that begins between key pictures hides what comes before by an edit list.
  run_ffmpeg({"-ss", "2.2", "-i", folder / "whole.mp4", "-c", "copy"}, folder / "a.mp4");
  EXPECT_NEAR(core::to_seconds(probe(folder / "a.mp4").duration), 5.8, 0.1);
  EXPECT_EQ(number_shown(first_frame(folder / "a.mp4", 0.02)), 55);
  EXPECT_EQ(number_shown(first_frame(folder / "a.mp4", 3.02)), 130);
  AudioReader reader(folder / "a.mp4", {.to = core::from_seconds(5)});
  std::vector<float> samples(5 * 16000);
  samples.resize(reader.read(samples));
  EXPECT_NEAR(testing::beep_starts(samples, 16000).front(), 0.8, 0.025);
}

TEST(Oddities, OddSizes) {
  const TemporaryFolder folder;
  run_ffmpeg({"-f", "lavfi", "-i", "color=gray:s=321x181:d=0.2", "-c:v", "libx264", "-pix_fmt", "yuv444p",
              "-preset", "ultrafast"},
             folder / "a.mp4");
  EXPECT_EQ(probe(folder / "a.mp4").video->width, 321);
  const Frame frame = first_frame(folder / "a.mp4");
  EXPECT_EQ(frame.picture->format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(frame.picture->width, 321);
}

TEST(Oddities, FullRangeIsSaidToBe) {
  const TemporaryFolder folder;
  run_ffmpeg({"-f", "lavfi", "-i", "color=white:s=64x64:d=0.2", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"},
             folder / "a.avi");
  const Frame frame = first_frame(folder / "a.avi");
  EXPECT_EQ(frame.picture->format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(frame.picture->color_range, AVCOL_RANGE_JPEG);
  EXPECT_GE(quarter(frame, 0)[0], 253);
}

TEST(Oddities, AlphaStandsOverBlack) {
  const TemporaryFolder folder;
  const std::string source =
      "color=white:s=64x64:r=10:d=0.5,format=rgba,geq=r=255:g=255:b=255:a='if(lt(X,32),0,255)'";
  run_ffmpeg({"-f", "lavfi", "-i", source, "-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p"}, folder / "a.webm");
  run_ffmpeg({"-f", "lavfi", "-i", source, "-c:v", "png"}, folder / "a.mov");
  run_ffmpeg(
      {"-f", "lavfi", "-i", source + ",split[a][b];[a]palettegen=reserve_transparent=1[p];[b][p]paletteuse"},
      folder / "a.gif");
  for (const char* name : {"a.webm", "a.mov", "a.gif"}) {
    const Frame frame = first_frame(folder / name);
    EXPECT_EQ(frame.picture->format, AV_PIX_FMT_YUV420P);
    EXPECT_LE(quarter(frame, 0)[0], 24) << name;
    EXPECT_GE(quarter(frame, 1)[0], 228) << name;
  }
}

TEST(Oddities, AnimatedGif) {
  const TemporaryFolder folder;
  run_ffmpeg({"-f", "lavfi", "-i", numbered_frames("10", 3)}, folder / "a.gif");
  EXPECT_NEAR(core::to_seconds(probe(folder / "a.gif").duration), 3, 0.01);
  for (const double from : {0.0, 0.35, 2.85})
    EXPECT_EQ(number_shown(first_frame(folder / "a.gif", from)), static_cast<int>(from * 10)) << from;
}

/// What a browser's recorder writes: no length, no index.
TEST(Oddities, LiveRecordingWithoutLengthOrIndex) {
  const TemporaryFolder folder;
  make_numbered(folder / "a.webm", "25", 6,
                {"-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "50", "-c:a", "libopus",
                 "-f", "webm", "-live", "1"});
  EXPECT_NEAR(core::to_seconds(probe(folder / "a.webm").duration), 6, 0.05);
  EXPECT_EQ(number_shown(first_frame(folder / "a.webm", 4.5)), 112);
}

TEST(Oddities, SizeThatChangesMidway) {
  const TemporaryFolder folder;
  make_numbered(folder / "small.ts", "25", 2, {"-c:v", "libx264", "-preset", "ultrafast", "-an"});
  run_ffmpeg(Strings{"-f", "lavfi", "-i", numbered_frames("25", 2), "-vf", "scale=640:360",
                     "-output_ts_offset", "2"} +
                 x264,
             folder / "large.ts");
  run_ffmpeg(
      {"-i", fmt::format("concat:{}|{}", (folder / "small.ts").string(), (folder / "large.ts").string()),
       "-c", "copy"},
      folder / "a.ts");
  VideoReader reader(folder / "a.ts", {});
  int count = 0;
  while (const auto frame = reader.next()) {
    EXPECT_EQ(frame->picture->width, 320);
    EXPECT_EQ(number_shown(*frame), count++ % 50);
  }
  EXPECT_EQ(count, 100);
}

}  // namespace
}  // namespace reelwright::media

#include "media/video_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/error.h"
#include "media/probe.h"
#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

using testing::make_numbered;
using testing::number_shown;
using testing::TemporaryFolder;

/// The frames delivered for [from, to), as (number shown, time).
std::vector<std::pair<int, core::Time>> frames(const std::filesystem::path& file, core::Time from,
                                               core::Time to) {
  VideoReader reader(file, {.from = from, .to = to, .threads = 2});
  std::vector<std::pair<int, core::Time>> all;
  while (const std::optional<Frame> frame = reader.next())
    all.emplace_back(number_shown(*frame), frame->time);
  return all;
}

struct Container {
  std::string extension;
  std::vector<std::string> codecs;
};

class VideoReaderContainers : public ::testing::TestWithParam<Container> {};

TEST_P(VideoReaderContainers, BeginsAtTheFrameOnScreen) {
  const TemporaryFolder folder;
  const auto file = folder / ("a." + GetParam().extension);
  make_numbered(file, "25", 8, GetParam().codecs);
  // Containers without edit lists show the encoder's delay of the sound as a later picture.
  const double start = core::to_seconds(probe(file).video->start);
  EXPECT_LT(start, 0.05);
  for (const double from : {0.0, 0.02, 1.0, 1.03, 3.33, 5.99, 7.95}) {
    const auto all = frames(file, core::from_seconds(from + start), std::chrono::seconds(9));
    ASSERT_FALSE(all.empty()) << from;
    // One millisecond of grace: several containers round to it.
    const int expected = static_cast<int>((from + 0.001) / 0.04);
    EXPECT_EQ(all.front().first, expected) << from;
    EXPECT_EQ(all.back().first, 199) << from;
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(all[i].first, expected + static_cast<int>(i)) << from;
      EXPECT_NEAR(core::to_seconds(all[i].second), start + all[i].first * 0.04, 0.0015) << from;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, VideoReaderContainers,
    ::testing::Values(
        Container{"mp4", {"-c:v", "libx264", "-preset", "fast", "-g", "50", "-c:a", "aac"}},
        Container{"open_gop.mp4",
                  {"-c:v", "libx264", "-preset", "fast", "-g", "30", "-bf", "3", "-x264-params",
                   "open-gop=1:scenecut=0", "-c:a", "aac"}},
        Container{"mov", {"-c:v", "libx264", "-preset", "fast", "-g", "50", "-c:a", "pcm_s16le"}},
        Container{"mkv", {"-c:v", "libx264", "-preset", "fast", "-g", "50", "-c:a", "aac"}},
        Container{
            "webm",
            {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50", "-c:a", "libopus"}},
        Container{"avi", {"-c:v", "mjpeg", "-c:a", "pcm_s16le"}},
        Container{"ts", {"-c:v", "libx264", "-preset", "fast", "-g", "50", "-bf", "3", "-c:a", "aac"}},
        Container{"open_gop.ts",
                  {"-c:v", "libx264", "-preset", "fast", "-g", "30", "-x264-params", "open-gop=1:scenecut=0",
                   "-c:a", "aac"}},
        Container{"mpg", {"-c:v", "mpeg2video", "-q:v", "2", "-g", "15", "-bf", "2", "-c:a", "mp2"}},
        Container{"flv", {"-c:v", "libx264", "-preset", "fast", "-g", "50", "-c:a", "aac"}},
        Container{"hevc.mp4",
                  {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=40",
                   "-c:a", "aac"}}),
    [](const auto& tested) {
      std::string name = tested.param.extension;
      std::ranges::replace(name, '.', '_');
      return name;
    });

// AVI says only when a picture is decoded; the ffmpeg program shows the encoder's delay there as one slot
// left out after the first picture.
TEST(VideoReader, PutsReorderedPicturesOfAviInTheirPlaces) {
  const TemporaryFolder folder;
  make_numbered(folder / "a.avi", "25", 4, {"-c:v", "mpeg4", "-q:v", "2", "-bf", "2", "-c:a", "libmp3lame"});
  for (const double from : {0.0, 2.02}) {
    const auto all = frames(folder / "a.avi", core::from_seconds(from), core::from_seconds(5));
    ASSERT_GT(all.size(), 40U);
    EXPECT_EQ(all.back().first, 99);
    for (std::size_t i = 1; i < all.size(); ++i) {
      EXPECT_EQ(all[i].first, all[i - 1].first + 1);
      EXPECT_NEAR(core::to_seconds(all[i].second), all[i].first * 0.04, 0.0011);
    }
  }
}

/// How far apart the frames of a file with pictures that no other refers to come, in frames of 40 ms.
std::vector<int> steps_between_frames(core::Time spacing) {
  const TemporaryFolder folder;
  const auto file = folder / "a.mp4";
  make_numbered(file, "25", 4,
                {"-c:v", "libx264", "-x264-params", "bframes=3:b-adapt=0:b-pyramid=normal", "-c:a", "aac"});
  VideoReader reader(file, {.from = std::chrono::seconds(1), .to = {}, .threads = 2, .spacing = spacing});
  std::vector<int> steps;
  int last = -1;
  while (const std::optional<Frame> frame = reader.next()) {
    const int number = number_shown(*frame);
    EXPECT_NEAR(core::to_seconds(frame->time), number * 0.04, 0.0015);
    if (last >= 0) steps.push_back(number - last);
    last = number;
  }
  return steps;
}

TEST(VideoReader, PicturesThatNoOtherRefersToAreLeftOutWhereTheRestAreCloseEnough) {
  const std::vector<int> steps = steps_between_frames(std::chrono::milliseconds(90));
  ASSERT_GT(steps.size(), 30U);
  EXPECT_GT(std::ranges::count(steps, 2), static_cast<long>(steps.size()) * 9 / 10);
  EXPECT_LE(*std::ranges::max_element(steps), 2);
}

TEST(VideoReader, PicturesThatAreMissedAreNotLeftOut) {
  const std::vector<int> steps = steps_between_frames(std::chrono::milliseconds(60));
  ASSERT_GT(steps.size(), 60U);
  EXPECT_GT(std::ranges::count(steps, 1), static_cast<long>(steps.size()) * 3 / 4);
}

core::ErrorCode failure(const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.code();
  }
  return core::ErrorCode::internal;
}

TEST(VideoReader, StopsWhileItLooksForTheFirstFrame) {
  const TemporaryFolder folder;
  const auto file = folder / "a.mkv";
  make_numbered(file, "25", 4);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(failure([&] {
              VideoReader(file, {.from = std::chrono::seconds(3), .threads = 2, .stop = stop.get_token()});
            }),
            core::ErrorCode::cancelled);
}

TEST(VideoReader, StopsBetweenFrames) {
  const TemporaryFolder folder;
  const auto file = folder / "a.mp4";
  make_numbered(file, "25", 4);
  std::stop_source stop;
  VideoReader reader(file, {.threads = 2, .stop = stop.get_token()});
  ASSERT_TRUE(reader.next());
  stop.request_stop();
  EXPECT_EQ(failure([&] {
              while (reader.next()) continue;
            }),
            core::ErrorCode::cancelled);
}

}  // namespace
}  // namespace reelwright::media

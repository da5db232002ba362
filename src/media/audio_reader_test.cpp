#include "media/audio_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stop_token>
#include <string>
#include <vector>

#include "core/error.h"
#include "media/probe.h"
#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

using testing::make_numbered;
using testing::TemporaryFolder;

std::vector<float> read_all(const std::filesystem::path& file, const AudioReader::Options& options) {
  AudioReader reader(file, options);
  std::vector<float> all;
  std::vector<float> block(1000);
  while (const std::size_t got = reader.read(block))
    all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(got));
  return all;
}

struct Container {
  std::string extension;
  std::vector<std::string> codecs;
};

class AudioReaderContainers : public ::testing::TestWithParam<Container> {};

TEST_P(AudioReaderContainers, HearsBeepsWhereTheyWereMade) {
  const TemporaryFolder folder;
  const auto file = folder / ("a." + GetParam().extension);
  make_numbered(file, "25", 8, GetParam().codecs);
  // Containers without edit lists show the encoder's delay of the sound as a later picture.
  const SourceFacts facts = probe(file);
  const double start = facts.video ? core::to_seconds(facts.video->start) : 0;
  for (const double from : {0.0, 2.5, 3.99, 6.123}) {
    const auto samples =
        read_all(file, {.sample_rate = 16000, .from = core::from_seconds(from), .to = core::from_seconds(8)});
    EXPECT_EQ(samples.size(), static_cast<std::size_t>(std::llround((8 - from) * 16000)));
    const auto starts = testing::beep_starts(samples, 16000);
    const double first = std::max(1.0, std::ceil(from));
    ASSERT_EQ(starts.size(), static_cast<std::size_t>(8 - first)) << from;
    for (std::size_t i = 0; i < starts.size(); ++i)
      EXPECT_NEAR(starts[i] + from, first + start + static_cast<double>(i), 0.003) << from;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, AudioReaderContainers,
    ::testing::Values(
        Container{"mp4", {"-c:v", "libx264", "-preset", "ultrafast", "-g", "250", "-c:a", "aac"}},
        Container{"mov", {"-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le"}},
        Container{"mkv", {"-c:v", "libx264", "-preset", "ultrafast", "-c:a", "libopus"}},
        Container{"webm",
                  {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libvorbis"}},
        Container{"avi", {"-c:v", "mpeg4", "-c:a", "pcm_s16le"}},
        Container{"ts", {"-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"}},
        Container{"mpg", {"-c:v", "mpeg2video", "-c:a", "mp2"}},
        Container{"flv", {"-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"}},
        Container{"mp3", {"-vn", "-c:a", "libmp3lame"}}, Container{"m4a", {"-vn", "-c:a", "aac"}},
        Container{"wav", {"-vn"}}, Container{"flac", {"-vn"}},
        Container{"ogg", {"-vn", "-c:a", "libvorbis"}}),
    [](const auto& tested) { return tested.param.extension; });

TEST(AudioReader, Stops) {
  const TemporaryFolder folder;
  const auto file = folder / "a.mkv";
  make_numbered(file, "25", 4);
  std::stop_source stop;
  stop.request_stop();
  try {
    AudioReader reader(file, {.from = std::chrono::seconds(3), .stop = stop.get_token()});
    FAIL() << "went on";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace reelwright::media

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "core/error.h"
#include "media/audio_reader.h"
#include "media/probe.h"
#include "media/video_reader.h"
#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

using core::ErrorCode;
using ::testing::HasSubstr;
using testing::make_numbered;
using testing::run_ffmpeg;
using testing::TemporaryFolder;

void write(const std::filesystem::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary) << content;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Numerical Recipes' linear congruential generator: the same noise every time.
std::string noise(std::size_t bytes) {
  std::string made;
  unsigned state = 1;
  while (made.size() < bytes) made += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return made;
}

void expect_refused(const std::filesystem::path& file, ErrorCode code, const std::string& reason) {
  try {
    probe(file);
    ADD_FAILURE() << file << " was accepted";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), code) << error.what() << " | " << error.details();
    EXPECT_THAT(error.what(), HasSubstr(reason));
    EXPECT_THAT(error.what(), HasSubstr(file.filename().string()));
  }
}

TEST(BadInput, MissingFile) { expect_refused("/nowhere/talk.mp4", ErrorCode::not_found, "does not exist"); }

TEST(BadInput, Folder) {
  const TemporaryFolder folder;
  expect_refused(folder.path(), ErrorCode::invalid_input, "folder");
}

TEST(BadInput, EmptyFile) {
  const TemporaryFolder folder;
  write(folder / "a.mp4", "");
  expect_refused(folder / "a.mp4", ErrorCode::invalid_input, "empty");
}

TEST(BadInput, TextFile) {
  const TemporaryFolder folder;
  write(folder / "a.mp4", "These are the notes of the talk, not the talk.\n");
  expect_refused(folder / "a.mp4", ErrorCode::unsupported_media, "text");
}

TEST(BadInput, Noise) {
  const TemporaryFolder folder;
  write(folder / "a.mp4", noise(100'000));
  expect_refused(folder / "a.mp4", ErrorCode::unsupported_media, "");
}

TEST(BadInput, NamedPipe) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "a.mp4").c_str(), 0600), 0);
  expect_refused(folder / "a.mp4", ErrorCode::invalid_input, "regular file");
}

TEST(BadInput, NoPermission) {
  const TemporaryFolder folder;
  make_numbered(folder / "a.mp4", "25", 1);
  ::chmod((folder / "a.mp4").c_str(), 0);
  ::chmod(folder.path().c_str(), 0755);
  // The superuser may read everything.
  const bool superuser = ::geteuid() == 0;
  if (superuser) {
    ASSERT_EQ(::seteuid(65534), 0);
  }
  expect_refused(folder / "a.mp4", ErrorCode::forbidden, "permission");
  if (superuser) {
    ASSERT_EQ(::seteuid(0), 0);
  }
}

TEST(BadInput, Mp4WithoutItsIndex) {
  const TemporaryFolder folder;
  make_numbered(folder / "whole.mp4", "25", 2);
  const std::string bytes = content_of(folder / "whole.mp4");
  write(folder / "a.mp4", bytes.substr(0, bytes.size() / 2));
  expect_refused(folder / "a.mp4", ErrorCode::unsupported_media, "moov");
}

struct Disguise {
  std::string name;
  std::string content;
};

class Playlists : public ::testing::TestWithParam<Disguise> {};

TEST_P(Playlists, AreRefused) {
  const TemporaryFolder folder;
  make_numbered(folder / "secret.mp4", "25", 1);
  make_numbered(folder / "secret.ts", "25", 1);
  write(folder / "a.mp4", GetParam().content);
  expect_refused(folder / "a.mp4", ErrorCode::unsupported_media, "");
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Playlists,
    ::testing::Values(
        Disguise{"hls", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\nsecret.ts\n#EXT-X-ENDLIST\n"},
        Disguise{"concat", "ffconcat version 1.0\nfile secret.mp4\n"},
        Disguise{
            "dash",
            "<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
            "<AdaptationSet><Representation "
            "id=\"1\"><BaseURL>secret.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>\n"},
        Disguise{"sdp",
                 "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP "
                 "96\na=rtpmap:96 H264/90000\n"},
        Disguise{"metadata", ";FFMETADATA1\ntitle=x\n"},
        Disguise{"subtitles", "1\n00:00:01,000 --> 00:00:02,000\nHello\n"}),
    [](const auto& tested) { return tested.param.name; });

TEST(BadInput, NamesAreNeverProtocolsOrPatterns) {
  const TemporaryFolder folder;
  make_numbered(folder / "a%03d.mp4", "25", 1);
  EXPECT_TRUE(probe(folder / "a%03d.mp4").video);
  for (const char* name : {"concat:a.mp4|b.mp4", "http://127.0.0.1/a.mp4", "pipe:0", "data:,x"})
    expect_refused(name, ErrorCode::not_found, "does not exist");
}

TEST(BadInput, ProtectedByDrm) {
  const TemporaryFolder folder;
  make_numbered(folder / "a.mp4", "25", 1,
                {"-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-encryption_scheme",
                 "cenc-aes-ctr", "-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid",
                 "a7e61c373e219033c21091fa607bf3b8"});
  expect_refused(folder / "a.mp4", ErrorCode::unsupported_media, "DRM");
}

TEST(BadInput, NothingThatCanBeDecoded) {
  const TemporaryFolder folder;
  write(folder / "a.srt", "1\n00:00:00,000 --> 00:00:02,000\nHello\n");
  run_ffmpeg({"-i", folder / "a.srt", "-c:s", "mov_text"}, folder / "a.mp4");
  expect_refused(folder / "a.mp4", ErrorCode::unsupported_media, "no picture and no sound");
}

TEST(BadInput, StreamsWithoutAnythingInThem) {
  const TemporaryFolder folder;
  for (const char* name : {"a.mp4", "a.mkv"}) {
    make_numbered(folder / name, "25", 1, {"-t", "0", "-c:v", "libx264", "-c:a", "aac"});
    expect_refused(folder / name, ErrorCode::unsupported_media, "");
  }
}

TEST(BadInput, OverTheLargestPicture) {
  const TemporaryFolder folder;
  run_ffmpeg({"-f", "lavfi", "-i", "color=s=8400x16:d=0.1", "-c:v", "mjpeg"}, folder / "a.avi");
  expect_refused(folder / "a.avi", ErrorCode::unsupported_media, "8192");
}

TEST(BadInput, SoundWithoutPictureSaysSo) {
  const TemporaryFolder folder;
  make_numbered(folder / "a.m4a", "25", 1, {"-vn", "-c:a", "aac"});
  EXPECT_FALSE(probe(folder / "a.m4a").video);
  EXPECT_THROW(VideoReader(folder / "a.m4a", {}), core::Error);
}

TEST(BadInput, PictureWithoutSoundSaysSo) {
  const TemporaryFolder folder;
  make_numbered(folder / "a.mp4", "25", 1, {"-an", "-c:v", "libx264"});
  EXPECT_FALSE(probe(folder / "a.mp4").has_sound());
  EXPECT_THROW(AudioReader(folder / "a.mp4", {}), core::Error);
  make_numbered(folder / "b.mp4", "25", 1);
  EXPECT_THROW(AudioReader(folder / "b.mp4", {.stream = 0}), core::Error);
}

// Not bad, but at the edge of it.

TEST(EdgeInput, OneFrame) {
  const TemporaryFolder folder;
  run_ffmpeg({"-f", "lavfi", "-i", testing::numbered_frames("25", 1), "-frames:v", "1", "-c:v", "libx264"},
             folder / "a.mp4");
  EXPECT_EQ(probe(folder / "a.mp4").duration, core::Time{40'000});
  VideoReader reader(folder / "a.mp4", {.from = core::from_seconds(0.03)});
  const auto frame = reader.next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->time, core::Time{});
  EXPECT_EQ(frame->duration, core::Time{40'000});
  EXPECT_FALSE(reader.next());
}

TEST(EdgeInput, EightK) {
  const TemporaryFolder folder;
  run_ffmpeg(
      {"-f", "lavfi", "-i", "color=s=7680x4320:r=25:d=0.08", "-c:v", "libx264", "-preset", "ultrafast"},
      folder / "a.mp4");
  EXPECT_EQ(probe(folder / "a.mp4").video->width, 7680);
  VideoReader reader(folder / "a.mp4", {});
  EXPECT_TRUE(reader.next());
}

TEST(EdgeInput, CutShortInTheMiddle) {
  const TemporaryFolder folder;
  make_numbered(folder / "whole.mp4", "25", 8,
                {"-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-movflags", "+faststart"});
  const std::string bytes = content_of(folder / "whole.mp4");
  write(folder / "a.mp4", bytes.substr(0, bytes.size() * 6 / 10));
  VideoReader reader(folder / "a.mp4", {});
  int count = 0;
  while (const auto frame = reader.next()) EXPECT_EQ(testing::number_shown(*frame), count++);
  EXPECT_GT(count, 80);
  EXPECT_LT(count, 160);
}

TEST(EdgeInput, DamagedPacketsArePassedOver) {
  const TemporaryFolder folder;
  for (const char* name : {"a.mp4", "a.mkv", "a.ts"}) {
    make_numbered(
        folder / name, "25", 8,
        {"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-c:a", "aac", "-movflags", "+faststart"});
    std::string bytes = content_of(folder / name);
    bytes.replace(bytes.size() / 2, 8'000, noise(8'000));
    write(folder / name, bytes);
    VideoReader reader(folder / name, {});
    int last = -1;
    while (const auto frame = reader.next()) last = testing::number_shown(*frame);
    EXPECT_EQ(last, 199) << name;
    AudioReader sound(folder / name, {.to = core::from_seconds(8)});
    std::vector<float> samples(8 * 16000);
    ASSERT_EQ(sound.read(samples), samples.size());
    const auto starts = testing::beep_starts(samples, 16000);
    ASSERT_GE(starts.size(), 3U) << name;
    // FFmpeg's ADTS parser may lose the rest of a transport stream's sound; the others must find back.
    const bool must_recover = std::string_view(name) != "a.ts";
    if (must_recover) {
      EXPECT_NEAR(starts.back(), 7.0, 0.03) << name;
    }
  }
}

}  // namespace
}  // namespace reelwright::media

#include "jobs/container.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/error.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {
namespace {

using std::string_view_literals::operator""sv;

std::string transport_stream(std::size_t first) {
  std::string bytes(1000, '\0');
  for (std::size_t packet = 0; packet < 4; ++packet) bytes[first + packet * (188 + first)] = 'G';
  return bytes;
}

TEST(Container, TheFirstBytesTellIt) {
  const std::pair<std::string, const char*> rows[] = {
      {std::string("\0\0\0\x20"
                   "ftypisom\0\0\2\0"sv),
       "mp4"},
      {std::string("\0\0\0\x14"
                   "ftypmp42"sv),
       "mp4"},
      {std::string("\0\0\0\x14"
                   "ftypqt  "sv),
       "mov"},
      {std::string("\0\0\0\x1C"
                   "ftypM4A "sv),
       "m4a"},
      {std::string("\0\0\0\x18"
                   "ftyp3gp5"sv),
       "3gp"},
      {std::string("\0\0\x10\0"
                   "moov"sv),
       "mov"},
      {std::string("\0\0\0\x08"
                   "wide"sv),
       "mov"},
      {"RIFF\x10\x20\x30\x40"
       "AVI LIST",
       "avi"},
      {"RIFF\x10\x20\x30\x40"
       "WAVEfmt ",
       "wav"},
      {"RF64\xFF\xFF\xFF\xFF"
       "WAVEds64",
       "wav"},
      {"RIFF\x10\x20\x30\x40"
       "WEBPVP8 ",
       "bin"},
      {"OggS", "ogg"},
      {"fLaC", "flac"},
      {"FLV\x01\x05", "flv"},
      {"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9", "asf"},
      {std::string("\x00\x00\x01\xBA\x44"sv), "mpg"},
      {"ID3\x04", "mp3"},
      {"\xFF\xFB\x90", "mp3"},
      {"\xFF\xF3\x40", "mp3"},
      {"\xFF\xF1\x50", "aac"},
      {"\xFF\xF9\x50", "aac"},
      {"\xFF\xFE", "bin"},
      {"\x1A\x45\xDF\xA3\xA3\x42\x86\x81\x01\x42\x82\x88matroska", "mkv"},
      {"\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x84webm", "webm"},
      {transport_stream(0), "ts"},
      {transport_stream(4), "m2ts"},
      {"G", "bin"},
      {"", "bin"},
      {"#EXTM3U\n", "bin"},
      {"<html>", "bin"},
      {"MZ\x90", "bin"},
      {std::string(1000, '\0'), "bin"},
  };
  for (const auto& [bytes, extension] : rows) EXPECT_EQ(extension_of(bytes), extension) << bytes;
}

TEST(Container, OfFilesThatRealEncodersMade) {
  const testing::TemporaryFolder folder;
  const std::vector<std::string> tone{"-f", "lavfi", "-i", "sine=d=0.2"};
  for (const char* extension :
       {"mp4", "mov", "mkv", "wav", "ogg", "flac", "mp3", "aac", "ts", "avi", "m4a", "aiff", "au"}) {
    const auto file = folder / (std::string("tone.") + extension);
    testing::run_ffmpeg(tone, file);
    EXPECT_EQ(extension_of_file(file), extension);
  }
}

TEST(Container, OfNoFileIsAnError) {
  const testing::TemporaryFolder folder;
  EXPECT_THROW(extension_of_file(folder / "none"), core::Error);
  std::ofstream(folder / "empty").flush();
  EXPECT_EQ(extension_of_file(folder / "empty"), "bin");
}

}  // namespace
}  // namespace reelwright::jobs

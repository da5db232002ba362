#include "media/still_picture.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/files.h"
#include "media/av.h"
#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

using testing::TemporaryFolder;
using Rgba = std::array<int, 4>;

Rgba pixel(const AVFrame& picture, int x, int y) {
  const auto* at = picture.data[0] + static_cast<std::ptrdiff_t>(y) * picture.linesize[0] +
                   static_cast<std::ptrdiff_t>(4) * x;
  return {at[0], at[1], at[2], at[3]};
}

void expect_near(const Rgba& seen, const Rgba& wanted, int distance) {
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(seen[i], wanted[i], distance) << "channel " << i;
}

/// 64 x 32: red above blue.
void write_two_colours(const std::filesystem::path& file) {
  testing::run_ffmpeg({"-f", "lavfi", "-i", "color=red:s=64x16,format=rgb24", "-f", "lavfi", "-i",
                       "color=blue:s=64x16,format=rgb24", "-filter_complex", "vstack", "-frames:v", "1"},
                      file);
}

class EachFormat : public ::testing::TestWithParam<const char*> {};

TEST_P(EachFormat, ComesOutAsItWentIn) {
  const TemporaryFolder folder;
  write_two_colours(folder / GetParam());
  const PicturePtr picture = read_picture(folder / GetParam());
  EXPECT_EQ(picture->width, 64);
  EXPECT_EQ(picture->height, 32);
  expect_near(pixel(*picture, 32, 4), {255, 0, 0, 255}, 6);
  expect_near(pixel(*picture, 32, 28), {0, 0, 255, 255}, 6);
}

INSTANTIATE_TEST_SUITE_P(Formats, EachFormat, ::testing::Values("a.png", "a.jpg", "a.webp"));

TEST(StillPicture, IsTurnedAsItsExifDataHasIt) {
  const TemporaryFolder folder;
  write_two_colours(folder / "a.jpg");
  std::string bytes = core::read_file(folder / "a.jpg", 1 << 20);
  using namespace std::string_view_literals;
  // Orientation 6: the camera was held upright, so the first row is the right side.
  bytes.insert(2,
               "\xff\xe1\x00\x22"
               "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"sv);
  core::write_file(folder / "turned.jpg", bytes);
  const PicturePtr picture = read_picture(folder / "turned.jpg");
  EXPECT_EQ(picture->width, 32);
  EXPECT_EQ(picture->height, 64);
  expect_near(pixel(*picture, 28, 32), {255, 0, 0, 255}, 6);
  expect_near(pixel(*picture, 4, 32), {0, 0, 255, 255}, 6);
}

TEST(StillPicture, KeepsAlphaThroughPng) {
  const TemporaryFolder folder;
  const PicturePtr picture = new_rgba(3, 2);
  for (int y = 0; y < 2; ++y) std::fill_n(picture->data[0] + y * picture->linesize[0], 12, 0x80);
  write_png(*picture, folder / "a.png");
  expect_near(pixel(*read_picture(folder / "a.png"), 2, 1), {0x80, 0x80, 0x80, 0x80}, 0);
}

TEST(StillPicture, RefusesWhatIsNoPicture) {
  const TemporaryFolder folder;
  write_two_colours(folder / "a.png");
  const std::string whole = core::read_file(folder / "a.png", 1 << 20);
  for (const std::string& bytes : {std::string("#EXTM3U"), std::string(), whole.substr(0, 60),
                                   std::string("RIFF"), std::string("\xff\xd8\xff\xe0")}) {
    core::write_file(folder / "b.png", bytes);
    EXPECT_THROW(read_picture(folder / "b.png"), core::Error) << bytes.size();
  }
}

TEST(StillPicture, RefusesMorePixelsThanItCanHold) {
  const TemporaryFolder folder;
  write_two_colours(folder / "a.png");
  std::string bytes = core::read_file(folder / "a.png", 1 << 20);
  bytes.replace(16, 8, std::string("\x7f\xff\xff\xff\x7f\xff\xff\xff", 8));
  core::write_file(folder / "b.png", bytes);
  EXPECT_THROW(read_picture(folder / "b.png"), core::Error);
}

TEST(Covering, KeepsTheMiddleOfWhatIsTooTall) {
  const TemporaryFolder folder;
  testing::run_ffmpeg({"-f", "lavfi", "-i", "color=red:s=64x200", "-vf",
                       "drawbox=y=68:h=64:color=lime:t=fill", "-frames:v", "1"},
                      folder / "a.png");
  const PicturePtr video = covering(*read_picture(folder / "a.png"), 128, 128);
  EXPECT_EQ(video->format, AV_PIX_FMT_YUV420P);
  for (const int y : {4, 64, 123}) EXPECT_NEAR(video->data[0][y * video->linesize[0] + 64], 173, 3);  // green
}

}  // namespace
}  // namespace reelwright::media

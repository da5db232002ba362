#include "media/picture_file.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "media/av.h"
#include "media/picture_pool.h"
#include "media/scaler.h"
#include "media/video_reader.h"
#include "support/media_fixture.h"

namespace reelwright::media {
namespace {

using testing::TemporaryFolder;

// A picture of one colour.
PicturePtr filled(int width, int height, unsigned char luma, unsigned char blue, unsigned char red) {
  PicturePtr picture = new_picture(width, height);
  const unsigned char values[] = {luma, blue, red};
  for (int plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? height : height / 2;
    std::memset(picture->data[plane], values[plane],
                static_cast<std::size_t>(picture->linesize[plane]) * rows);
  }
  return picture;
}

// The mean of each channel (BGR) of a picture file as the ffmpeg program sees it.
std::vector<double> colour_of(const std::filesystem::path& file) {
  const std::filesystem::path raw = file.string() + ".raw";
  testing::run_ffmpeg({"-i", file.string(), "-f", "rawvideo", "-pix_fmt", "bgr24"}, raw);
  const std::string bytes = core::read_file(raw, 1 << 20);
  std::vector<double> sums(3);
  for (std::size_t i = 0; i < bytes.size(); ++i) sums[i % 3] += static_cast<unsigned char>(bytes[i]);
  for (double& sum : sums) sum /= static_cast<double>(bytes.size()) / 3;
  return sums;
}

TEST(WriteJpeg, KeepsTheColoursOfVideoRange) {
  const TemporaryFolder folder;
  // Pure red in BT.709, limited range, as a clip is tagged.
  write_jpeg(*filled(320, 180, 63, 102, 240), folder / "red.jpg");
  const auto bgr = colour_of(folder / "red.jpg");
  EXPECT_NEAR(bgr[0], 0, 8);
  EXPECT_NEAR(bgr[1], 0, 8);
  EXPECT_NEAR(bgr[2], 255, 8);
}

TEST(WriteJpeg, BlackAndWhiteReachTheEnds) {
  const TemporaryFolder folder;
  write_jpeg(*filled(64, 64, 16, 128, 128), folder / "black.jpg");
  write_jpeg(*filled(64, 64, 235, 128, 128), folder / "white.jpg");
  for (const double level : colour_of(folder / "black.jpg")) EXPECT_LT(level, 4);
  for (const double level : colour_of(folder / "white.jpg")) EXPECT_GT(level, 251);
}

TEST(WriteJpeg, IntoAFolderThatIsMissingIsSaid) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_jpeg(*filled(64, 64, 16, 128, 128), folder / "none" / "a.jpg"), core::Error);
}

TEST(PicturePool, PicturesGoAroundAndMayOutliveIt) {
  PicturePtr kept;
  {
    PicturePool pool(64, 36);
    const unsigned char* first = nullptr;
    {
      const PicturePtr picture = pool.get();
      EXPECT_EQ(picture->width, 64);
      EXPECT_EQ(picture->height, 36);
      EXPECT_EQ(picture->color_range, AVCOL_RANGE_MPEG);
      EXPECT_EQ(picture->colorspace, AVCOL_SPC_BT709);
      first = picture->data[0];
    }
    kept = pool.get();
    EXPECT_EQ(kept->data[0], first) << "memory that was given up is used again";
    const PicturePtr other = pool.get();
    EXPECT_NE(other->data[0], kept->data[0]) << "two at once have their own";
  }
  std::memset(kept->data[0], 1, static_cast<std::size_t>(kept->linesize[0]) * 36);
}

TEST(AnalysisScaler, SquaresPixelsAndKeepsLuma) {
  Frame frame;
  frame.picture = filled(320, 240, 100, 128, 128);
  frame.picture->sample_aspect_ratio = {4, 3};
  AnalysisScaler grey(160, 1);
  Picture picture;
  grey.scale(frame, picture);
  EXPECT_EQ(picture.width, 160);
  EXPECT_EQ(picture.height, 90) << "4:3 stored, 16:9 shown";
  ASSERT_EQ(picture.pixels.size(), 160U * 90);
  for (const unsigned char level : picture.pixels) ASSERT_EQ(level, 100);
}

}  // namespace
}  // namespace reelwright::media

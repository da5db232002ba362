#include "captions/overlay.h"

#include <gtest/gtest.h>

#include <memory>

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::captions {
namespace {

constexpr int width = 64;
constexpr int height = 32;

struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
using Frame = std::unique_ptr<AVFrame, FreeFrame>;

Frame grey() {
  Frame frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = width;
  frame->height = height;
  EXPECT_EQ(av_frame_get_buffer(frame.get(), 0), 0);
  for (int plane = 0; plane < 3; ++plane)
    std::fill_n(frame->data[plane], frame->linesize[plane] * (plane == 0 ? height : height / 2), 128);
  return frame;
}

// A rectangle of one colour (0xRRGGBBTT, T being transparency) that covers its pixels wholly.
class Patch {
 public:
  Patch(int x, int y, int w, int h, std::uint32_t color, const ASS_Image* above = nullptr)
      : coverage_(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), 255) {
    image_.w = w;
    image_.h = h;
    image_.stride = w;
    image_.bitmap = coverage_.data();
    image_.color = color;
    image_.dst_x = x;
    image_.dst_y = y;
    image_.next = const_cast<ASS_Image*>(above);
  }

  const ASS_Image* image() const { return &image_; }

 private:
  std::vector<unsigned char> coverage_;
  ASS_Image image_{};
};

int luma(const AVFrame& frame, int x, int y) { return frame.data[0][y * frame.linesize[0] + x]; }

Frame drawn(const ASS_Image* images) {
  Frame frame = grey();
  Overlay overlay;
  overlay.compose(images, width, height);
  overlay.blend(*frame);
  return frame;
}

constexpr std::uint32_t white = 0xFFFFFF00;
constexpr std::uint32_t black = 0x00000000;

TEST(OverlayTest, PaintsJustItsPixels) {
  const Patch patch(10, 6, 8, 4, white);
  const Frame frame = drawn(patch.image());
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool inside = x >= 10 && x < 18 && y >= 6 && y < 10;
      ASSERT_EQ(luma(*frame, x, y), inside ? 235 : 128) << x << ", " << y;
    }
}

TEST(OverlayTest, PlacesThatAreOddPaintNoneOfTheirNeighbours) {
  const Patch patch(11, 7, 3, 3, white);
  const Frame frame = drawn(patch.image());
  EXPECT_EQ(luma(*frame, 10, 7), 128);
  EXPECT_EQ(luma(*frame, 11, 7), 235);
  EXPECT_EQ(luma(*frame, 13, 9), 235);
  EXPECT_EQ(luma(*frame, 14, 9), 128);
}

TEST(OverlayTest, WhatReachesOutOfThePictureIsCutOff) {
  for (const auto& [x, y] : {std::pair{-5, -5}, {width - 5, height - 5}, {-5, height - 5}}) {
    const Patch patch(x, y, 10, 10, white);
    const Frame frame = drawn(patch.image());
    EXPECT_EQ(luma(*frame, std::max(0, x), std::max(0, y)), 235);
    EXPECT_EQ(luma(*frame, width / 2, height / 2), 128);
  }
  const Patch outside(width + 10, 0, 10, 10, white);
  EXPECT_EQ(luma(*drawn(outside.image()), width - 1, 0), 128);
}

TEST(OverlayTest, LaterPicturesLieAboveEarlierOnes) {
  const Patch above(12, 6, 4, 4, black);
  const Patch below(10, 6, 8, 4, white, above.image());
  const Frame frame = drawn(below.image());
  EXPECT_EQ(luma(*frame, 10, 6), 235);
  EXPECT_EQ(luma(*frame, 12, 6), 16);
}

TEST(OverlayTest, HalfTransparentShowsHalfOfWhatIsUnder) {
  const Patch patch(10, 6, 8, 4, 0xFFFFFF80);
  EXPECT_NEAR(luma(*drawn(patch.image()), 12, 8), (235 + 128) / 2.0, 1);
}

TEST(OverlayTest, ColoursReachTheChroma) {
  const Patch patch(10, 6, 8, 4, 0xFF000000);  // red: Y 63, Cb 102, Cr 240 by BT.709
  const Frame frame = drawn(patch.image());
  EXPECT_EQ(luma(*frame, 12, 8), 63);
  EXPECT_EQ(frame->data[1][4 * frame->linesize[1] + 6], 102);
  EXPECT_EQ(frame->data[2][4 * frame->linesize[2] + 6], 240);
  EXPECT_EQ(frame->data[2][4 * frame->linesize[2] + 2], 128);
}

TEST(OverlayTest, NothingIsEmptyAndPaintsNothing) {
  Overlay overlay;
  overlay.compose(nullptr, width, height);
  EXPECT_TRUE(overlay.empty());
  const Patch patch(0, 0, 4, 4, white);
  overlay.compose(patch.image(), width, height);
  EXPECT_FALSE(overlay.empty());
  overlay.compose(nullptr, width, height);
  EXPECT_TRUE(overlay.empty()) << "what it held before is gone";
  const Frame frame = grey();
  overlay.blend(*frame);
  EXPECT_EQ(luma(*frame, 0, 0), 128);
}

}  // namespace
}  // namespace reelwright::captions

#include "captions/overlay.h"

#include <algorithm>
#include <cmath>
#include <span>

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::captions {

namespace {

struct Yuv {
  std::uint8_t y, u, v;
};

// ITU-R BT.709-6, limited range.
Yuv to_yuv(std::uint32_t rgba) {
  const double r = (rgba >> 24 & 0xFF) / 255.0;
  const double g = (rgba >> 16 & 0xFF) / 255.0;
  const double b = (rgba >> 8 & 0xFF) / 255.0;
  const double luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const auto byte = [](double value) { return static_cast<std::uint8_t>(std::lround(value)); };
  return {byte(16 + 219 * luma), byte(128 + 224 * (b - luma) / 1.8556),
          byte(128 + 224 * (r - luma) / 1.5748)};
}

// value * share / 255, rounded, for bytes.
constexpr unsigned scaled(unsigned value, unsigned share) {
  const unsigned product = value * share + 128;
  return (product + (product >> 8)) >> 8;
}

// What is under it times what it lets through, plus itself: colours are multiplied by their opacity already.
void lay_over(std::uint8_t* under, const std::uint8_t* color, const std::uint8_t* alpha, int count) {
  for (int i = 0; i < count; ++i) {
    under[i] = static_cast<std::uint8_t>(std::min(255U, color[i] + scaled(under[i], 255U - alpha[i])));
  }
}

void mix(std::uint8_t& under, unsigned color, unsigned alpha) {
  under = static_cast<std::uint8_t>(scaled(color, alpha) + scaled(under, 255 - alpha));
}

struct Extent {
  int left, top, right, bottom;
};

Extent extent_of(const ASS_Image* images, int width, int height) {
  Extent all{width, height, 0, 0};
  for (; images != nullptr; images = images->next) {
    if (images->w <= 0 || images->h <= 0) continue;
    all.left = std::min(all.left, images->dst_x);
    all.top = std::min(all.top, images->dst_y);
    all.right = std::max(all.right, images->dst_x + images->w);
    all.bottom = std::max(all.bottom, images->dst_y + images->h);
  }
  // Chroma is half as fine: the rectangle starts and ends on even pixels.
  all = {std::max(all.left, 0) & ~1, std::max(all.top, 0) & ~1, (std::min(all.right, width) + 1) & ~1,
         (std::min(all.bottom, height) + 1) & ~1};
  return all;
}

std::uint8_t mean_of_four(const std::uint8_t* first, int stride) {
  return static_cast<std::uint8_t>((first[0] + first[1] + first[stride] + first[stride + 1] + 2) / 4);
}

}  // namespace

void Overlay::compose(const ASS_Image* images, int frame_width, int frame_height) {
  const Extent extent = extent_of(images, frame_width, frame_height);
  x_ = extent.left;
  y_ = extent.top;
  width_ = std::max(0, extent.right - extent.left);
  height_ = std::max(0, extent.bottom - extent.top);
  if (width_ == 0 || height_ == 0) {
    width_ = height_ = 0;
    return;
  }
  const auto size = static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_);
  for (auto* plane : {&luma_.color, &luma_.alpha, &full_u_, &full_v_}) plane->assign(size, 0);
  for (; images != nullptr; images = images->next) add(*images);
  subsample();
}

void Overlay::add(const ASS_Image& image) {
  const Yuv color = to_yuv(image.color);
  const unsigned opacity = 255 - (image.color & 0xFF);
  const int from_x = std::max(image.dst_x, x_);
  const int to_x = std::min(image.dst_x + image.w, x_ + width_);
  const int to_y = std::min(image.dst_y + image.h, y_ + height_);
  for (int y = std::max(image.dst_y, y_); y < to_y; ++y) {
    const unsigned char* coverage =
        image.bitmap + static_cast<std::ptrdiff_t>(y - image.dst_y) * image.stride;
    const std::size_t row = static_cast<std::size_t>(y - y_) * static_cast<std::size_t>(width_);
    for (int x = from_x; x < to_x; ++x) {
      const unsigned alpha = scaled(coverage[x - image.dst_x], opacity);
      if (alpha == 0) continue;
      const std::size_t at = row + static_cast<std::size_t>(x - x_);
      mix(luma_.color[at], color.y, alpha);
      mix(full_u_[at], color.u, alpha);
      mix(full_v_[at], color.v, alpha);
      mix(luma_.alpha[at], 255, alpha);
    }
  }
}

void Overlay::subsample() {
  const auto size = static_cast<std::size_t>(width_ / 2) * static_cast<std::size_t>(height_ / 2);
  for (auto* plane : {&u_.color, &u_.alpha, &v_.color}) plane->resize(size);
  std::size_t at = 0;
  for (int y = 0; y < height_; y += 2) {
    for (int x = 0; x < width_; x += 2, ++at) {
      const std::size_t from =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
      u_.color[at] = mean_of_four(&full_u_[from], width_);
      v_.color[at] = mean_of_four(&full_v_[from], width_);
      u_.alpha[at] = mean_of_four(&luma_.alpha[from], width_);
    }
  }
}

void Overlay::blend(AVFrame& frame) const {
  for (int y = 0; y < height_; ++y) {
    const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width_);
    lay_over(frame.data[0] + static_cast<std::ptrdiff_t>(y_ + y) * frame.linesize[0] + x_, &luma_.color[row],
             &luma_.alpha[row], width_);
  }
  for (int y = 0; y < height_ / 2; ++y) {
    const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width_ / 2);
    const std::ptrdiff_t down = y_ / 2 + y;
    lay_over(frame.data[1] + down * frame.linesize[1] + x_ / 2, &u_.color[row], &u_.alpha[row], width_ / 2);
    lay_over(frame.data[2] + down * frame.linesize[2] + x_ / 2, &v_.color[row], &u_.alpha[row], width_ / 2);
  }
}

}  // namespace reelwright::captions

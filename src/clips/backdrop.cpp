#include "clips/backdrop.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::clips {

namespace {

/// The small picture has this many pixels on its longer side: what it cannot hold is blurred already.
constexpr int small_side = 96;

/// Three passes of a box this wide on either side are close to a Gaussian (Wells 1986).
constexpr int radius = 2;
constexpr int passes = 3;

/// Of the light that is left: white captions and the picture itself stand out.
constexpr int darkened_percent = 60;
constexpr int black = 16;

int even(double value) { return std::max(16, static_cast<int>(std::lround(value / 2)) * 2); }

/// Averages a line of `count` values, `stride` apart, over a box; the edge values go on beyond the edge.
void box(std::uint8_t* line, int count, int stride, std::vector<int>& scratch) {
  scratch.resize(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) scratch[i] = line[static_cast<std::ptrdiff_t>(i) * stride];
  const auto at = [&](int i) { return scratch[std::clamp(i, 0, count - 1)]; };
  int sum = 0;
  for (int i = -radius; i <= radius; ++i) sum += at(i);
  for (int i = 0; i < count; ++i) {
    line[static_cast<std::ptrdiff_t>(i) * stride] =
        static_cast<std::uint8_t>((sum + radius) / (2 * radius + 1));
    sum += at(i + radius + 1) - at(i - radius);
  }
}

void blur(std::uint8_t* plane, int stride, int width, int height) {
  std::vector<int> scratch;
  for (int pass = 0; pass < passes; ++pass) {
    for (int y = 0; y < height; ++y) box(plane + static_cast<std::ptrdiff_t>(y) * stride, width, 1, scratch);
    for (int x = 0; x < width; ++x) box(plane + x, height, stride, scratch);
  }
}

}  // namespace

Backdrop::Backdrop(int width, int height) : width_(width), height_(height) {
  const double scale = static_cast<double>(small_side) / std::max(width, height);
  small_ = media::new_picture(even(width * scale), even(height * scale));
}

void Backdrop::paint(const AVFrame& source, int shown_width, int shown_height, const media::Window& window,
                     AVFrame& into) {
  const double scale = std::min(window.width / width_, window.height / height_);
  const double width = width_ * scale;
  const double height = height_ * scale;
  const media::Window middle{window.x + (window.width - width) / 2, window.y + (window.height - height) / 2,
                             width, height};
  shrink_.scale(source, shown_width, shown_height, middle, *small_, {0, 0, small_->width, small_->height});
  blur_and_darken();
  const media::Window all{0, 0, static_cast<double>(small_->width), static_cast<double>(small_->height)};
  grow_.scale(*small_, small_->width, small_->height, all, into, {0, 0, width_, height_});
}

void Backdrop::blur_and_darken() {
  for (int plane = 0; plane < 3; ++plane) {
    const int half = plane > 0 ? 1 : 0;
    const int width = small_->width >> half;
    const int height = small_->height >> half;
    blur(small_->data[plane], small_->linesize[plane], width, height);
    const int rest = plane > 0 ? 128 : black;
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        std::uint8_t& value =
            small_->data[plane][static_cast<std::ptrdiff_t>(y) * small_->linesize[plane] + x];
        value = static_cast<std::uint8_t>(rest + (value - rest) * darkened_percent / 100);
      }
  }
}

}  // namespace reelwright::clips

#include "clips/backdrop.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <new>
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

/// The pixels of `panel` (even) alone, without a copy: a scaler's filter must not reach into what is around
/// it.
media::PicturePtr part_of(const AVFrame& picture, const media::Panel& panel) {
  media::PicturePtr part(av_frame_alloc());
  if (!part) throw std::bad_alloc();
  part->format = picture.format;
  part->width = panel.width;
  part->height = panel.height;
  part->colorspace = picture.colorspace;
  part->color_range = picture.color_range;
  part->chroma_location = picture.chroma_location;
  for (int plane = 0; plane < 3; ++plane) {
    const int half = plane > 0 ? 1 : 0;
    part->linesize[plane] = picture.linesize[plane];
    part->data[plane] = picture.data[plane] +
                        static_cast<std::ptrdiff_t>(panel.y >> half) * picture.linesize[plane] +
                        (panel.x >> half);
  }
  return part;
}

}  // namespace

Backdrop::Backdrop(int width, int height) : width_(width), height_(height) {
  const double scale = static_cast<double>(small_side) / std::max(width, height);
  small_ = media::new_picture(even(width * scale), even(height * scale));
}

void Backdrop::paint(AVFrame& picture, const media::Panel& shown) {
  shrink(picture, shown);
  blur_and_darken();
  const int right = shown.x + shown.width;
  const int bottom = shown.y + shown.height;
  if (shown.width < width_) {
    grow(grow_first_, picture, {0, 0, shown.x, height_});
    grow(grow_last_, picture, {right, 0, width_ - right, height_});
  } else {
    grow(grow_first_, picture, {0, 0, width_, shown.y});
    grow(grow_last_, picture, {0, bottom, width_, height_ - bottom});
  }
}

/// The middle of what is shown, as far as it has the shape of the whole picture.
void Backdrop::shrink(const AVFrame& picture, const media::Panel& shown) {
  const double scale =
      std::min(static_cast<double>(shown.width) / width_, static_cast<double>(shown.height) / height_);
  const double width = width_ * scale;
  const double height = height_ * scale;
  const media::Window middle{(shown.width - width) / 2, (shown.height - height) / 2, width, height};
  shrink_.scale(*part_of(picture, shown), shown.width, shown.height, middle, *small_,
                {0, 0, small_->width, small_->height});
}

/// `band` of the small picture, were that as large as the whole.
void Backdrop::grow(media::WindowScaler& scaler, AVFrame& picture, const media::Panel& band) const {
  if (band.width <= 0 || band.height <= 0) return;
  const double across = static_cast<double>(small_->width) / width_;
  const double down = static_cast<double>(small_->height) / height_;
  const media::Window window{band.x * across, band.y * down, band.width * across, band.height * down};
  scaler.scale(*small_, small_->width, small_->height, window, picture, band);
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

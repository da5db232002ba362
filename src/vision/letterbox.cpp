#include "vision/letterbox.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelwright::vision {

namespace {

int shown(int side, double factor, int most) {
  return std::clamp(static_cast<int>(std::lround(side * factor)), 1, most);
}

cv::Mat view(const media::Picture& picture) {
  return {picture.height, picture.width, picture.channels == 1 ? CV_8UC1 : CV_8UC3,
          const_cast<unsigned char*>(picture.pixels.data())};
}

}  // namespace

Box Letterbox::in_picture(const Box& in_input) const {
  // Not by one factor: rounding to whole pixels made the two sides' differ a little.
  const double across = static_cast<double>(picture_width) / shown_width;
  const double down = static_cast<double>(picture_height) / shown_height;
  return {(in_input.x - left) * across, (in_input.y - top) * down, in_input.width * across,
          in_input.height * down};
}

Letterbox letterbox(int picture_width, int picture_height, int width, int height) {
  const double factor =
      std::min(static_cast<double>(width) / picture_width, static_cast<double>(height) / picture_height);
  Letterbox place{
      .width = width, .height = height, .picture_width = picture_width, .picture_height = picture_height};
  place.shown_width = shown(picture_width, factor, width);
  place.shown_height = shown(picture_height, factor, height);
  place.left = (width - place.shown_width) / 2;
  place.top = (height - place.shown_height) / 2;
  return place;
}

void paint(const media::Picture& picture, const Letterbox& place, const PixelForm& form,
           std::span<float> planes) {
  cv::Mat fitted = view(picture);
  const cv::Size shown(place.shown_width, place.shown_height);
  if (fitted.size() != shown) {
    cv::Mat scaled;
    cv::resize(fitted, scaled, shown, 0, 0, cv::INTER_LINEAR);
    fitted = scaled;
  }
  std::ranges::fill(planes, static_cast<float>(form.padding) * form.unit);
  const std::size_t plane = static_cast<std::size_t>(place.width) * static_cast<std::size_t>(place.height);
  const int channels = fitted.channels();
  for (int c = 0; c < 3; ++c) {
    const int from = channels == 1 ? 0 : form.rgb ? 2 - c : c;
    for (int y = 0; y < shown.height; ++y) {
      const unsigned char* row = fitted.ptr<unsigned char>(y) + from;
      float* out = planes.data() + static_cast<std::size_t>(c) * plane +
                   static_cast<std::size_t>(y + place.top) * static_cast<std::size_t>(place.width) +
                   static_cast<std::size_t>(place.left);
      for (int x = 0; x < shown.width; ++x, row += channels) *out++ = static_cast<float>(*row) * form.unit;
    }
  }
}

}  // namespace reelwright::vision

#include "vision/pixels.h"

#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace reelwright::vision {

Pixels shrunk(const media::Picture& luma, const Box& box, int width, int height) {
  const cv::Mat whole(luma.height, luma.width, CV_8UC1, const_cast<unsigned char*>(luma.pixels.data()));
  const Box inside = clipped(box, luma.width, luma.height);
  const cv::Rect cell(static_cast<int>(inside.x), static_cast<int>(inside.y), static_cast<int>(inside.width),
                      static_cast<int>(inside.height));
  if (cell.empty()) return {};
  Pixels small(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  cv::Mat into(height, width, CV_8UC1, small.data());
  cv::resize(whole(cell), into, into.size(), 0, 0, cv::INTER_AREA);
  return small;
}

Pixels shrunk(const media::Picture& luma, int width, int height) {
  return shrunk(luma, {0, 0, static_cast<double>(luma.width), static_cast<double>(luma.height)}, width,
                height);
}

double mean_difference(const Pixels& a, const Pixels& b) {
  if (a.empty() || a.size() != b.size()) return 255;
  int sum = 0;  // at most 255 a pixel of a small picture
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return static_cast<double>(sum) / static_cast<double>(a.size());
}

}  // namespace reelwright::vision

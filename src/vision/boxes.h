#pragma once

#include <algorithm>
#include <cmath>

#include "media/scaler.h"

namespace reelwright::vision {

/// A box in a picture; which picture's pixels is said where one is used.
using Box = media::Window;

constexpr double centre_x(const Box& box) { return box.x + box.width / 2; }
constexpr double centre_y(const Box& box) { return box.y + box.height / 2; }
constexpr double area(const Box& box) { return box.width * box.height; }

constexpr Box around(double x, double y, double width, double height) {
  return {x - width / 2, y - height / 2, width, height};
}

/// The same box in a picture whose pixels are `factor` times as many along each side.
constexpr Box scaled(const Box& box, double factor) {
  return {box.x * factor, box.y * factor, box.width * factor, box.height * factor};
}

/// The same centre, sides `factor` times as long.
constexpr Box grown(const Box& box, double factor) {
  return around(centre_x(box), centre_y(box), box.width * factor, box.height * factor);
}

constexpr double common_area(const Box& a, const Box& b) {
  const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/// Intersection over union, 0 to 1.
constexpr double overlap(const Box& a, const Box& b) {
  const double common = common_area(a, b);
  return common > 0 ? common / (area(a) + area(b) - common) : 0;
}

/// The smallest box that holds both.
constexpr Box hull(const Box& a, const Box& b) {
  const double x = std::min(a.x, b.x);
  const double y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

/// The part of `box` that lies in a picture of `width` x `height`; empty (no size) where none does.
constexpr Box clipped(const Box& box, double width, double height) {
  const double left = std::clamp(box.x, 0.0, width);
  const double top = std::clamp(box.y, 0.0, height);
  return {left, top, std::clamp(box.x + box.width, 0.0, width) - left,
          std::clamp(box.y + box.height, 0.0, height) - top};
}

}  // namespace reelwright::vision

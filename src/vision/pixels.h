#pragma once

#include <span>
#include <vector>

#include "media/scaler.h"
#include "vision/boxes.h"

namespace reelwright::vision {

using Pixels = std::vector<unsigned char>;

/// What stands in `box` (pixels of `luma`; the part outside it left away), averaged down to `width` x
/// `height` grey levels. Empty where the box lies outside.
Pixels shrunk(const media::Picture& luma, const Box& box, int width, int height);

/// The whole picture, averaged down.
Pixels shrunk(const media::Picture& luma, int width, int height);

/// Mean absolute difference, grey levels; 255 where the sizes differ or either is empty.
double mean_difference(const Pixels& a, const Pixels& b);

}  // namespace reelwright::vision

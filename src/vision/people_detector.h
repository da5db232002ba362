#pragma once

#include <memory>

#include "vision/detector.h"

namespace reelwright::vision {

/// Standing people by OpenCV's HOG detector (Dalal and Triggs 2005), from any side, whole from head to foot.
/// People cut off at the waist or seated it mostly misses.
std::unique_ptr<Detector> make_people_detector();

}  // namespace reelwright::vision

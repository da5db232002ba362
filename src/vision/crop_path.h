#pragma once

#include <vector>

#include "core/time.h"
#include "media/scaler.h"

namespace reelwright::vision {

/// How the windows of a keyframe fill the output.
enum class Layout {
  crop,     ///< one window, as wide as the output's shape asks, fills the picture
  fit,      ///< one window: the whole picture, shown over its blurred self
  stacked,  ///< two windows, one panel above the other, each half as high as the output
};

/// Where the windows stand on one frame.
struct Keyframe {
  core::Time time;  ///< on the source's timeline
  Layout layout = Layout::crop;
  std::vector<media::Window> windows;  ///< shown source pixels; two for stacked: upper, lower

  bool operator==(const Keyframe&) const = default;
};

/// The camera of one clip: one keyframe an output frame, times rising.
struct CropPath {
  int width = 0;  ///< of the source as shown, square pixels
  int height = 0;
  std::vector<Keyframe> keyframes;

  bool operator==(const CropPath&) const = default;
};

}  // namespace reelwright::vision

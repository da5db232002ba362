#pragma once

#include <optional>
#include <vector>

#include "core/time.h"
#include "media/frame_rate.h"
#include "vision/crop_path.h"

namespace reelwright::vision {

/// Where a user wants the window to stand at a moment: its left upper corner, and how wide it is.
struct ManualKeyframe {
  core::Time time;  ///< on the source's timeline
  double x = 0;     ///< source pixels as shown
  double y = 0;
  std::optional<double> width{};  ///< none: as wide as the output's shape lets it be

  bool operator==(const ManualKeyframe&) const = default;
};

/// The largest window of an output's shape inside of a picture.
media::Window largest_window(int picture_width, int picture_height, int aspect_width, int aspect_height);

}  // namespace reelwright::vision

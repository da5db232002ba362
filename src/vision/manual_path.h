#pragma once

#include <optional>
#include <vector>

#include "core/time.h"
#include "vision/framing.h"

namespace reelwright::vision {

/// Where a user wants the window to stand at a moment: its left upper corner, and how wide it is.
struct ManualKeyframe {
  core::Time time;  ///< on the source's timeline
  double x = 0;     ///< source pixels as shown
  double y = 0;
  std::optional<double> width{};  ///< none: as wide as the output's shape lets it be

  bool operator==(const ManualKeyframe&) const = default;
};

/// The camera's path through `keyframes` (at least one, times rising): one keyframe an output frame. Between
/// them each side of the window moves on a monotone cubic (Fritsch and Carlson 1980), so that it starts and
/// stops softly and never overshoots; before the first and after the last it stands still. Windows that reach
/// out of the picture are moved, and if need be made smaller. `width`, `height`: of the source as shown.
CropPath manual_path(const std::vector<ManualKeyframe>& keyframes, const FramingRequest& request, int width,
                     int height);

/// `framing` with that path instead of its own, measured anew. A face counts as a subject wherever it was
/// seen, and one that is whole in the window is enough.
Framing reframed(Framing framing, const std::vector<ManualKeyframe>& keyframes,
                 const FramingRequest& request);

}  // namespace reelwright::vision

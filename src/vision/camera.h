#pragma once

#include <vector>

#include "vision/analysis.h"
#include "vision/crop_path.h"
#include "vision/scenes.h"

namespace reelwright::vision {

/// Lays the camera's path through the scenes: one keyframe each 1 / `frame_rate` s from the clip's start on.
///
/// Within a scene the window stands still where that keeps the subject near its middle, else it follows the
/// L1-optimal path; either way what must be seen of the subject stays inside. Excursions of the subject
/// shorter than 1.5 s do not move the window unless it would leave it. Eyes are put at about a third of the
/// height where there is room.
CropPath lay_camera(const Analysis& analysis, const std::vector<Scene>& scenes, const Stage& stage,
                    core::Span clip, double frame_rate);

}  // namespace reelwright::vision

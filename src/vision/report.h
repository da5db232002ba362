#pragma once

#include "vision/analysis.h"
#include "vision/framing.h"
#include "vision/scenes.h"

namespace reelwright::vision {

/// Measures a finished path against what was seen: see FramingReport. The engine's name is left empty.
FramingReport measure(const CropPath& path, const Analysis& analysis, const std::vector<Scene>& scenes);

}  // namespace reelwright::vision

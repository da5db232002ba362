#pragma once

#include <vector>

#include "vision/analysis.h"

namespace reelwright::vision {

/// Cleans up after the tracker: tracks are cut at the shots' borders, pieces of one shot that are the same
/// subject seen again after a gap are joined, glimpses are dropped, and ids are given anew.
std::vector<TrackedSubject> stitch(const std::vector<TrackedSubject>& subjects,
                                   const std::vector<Shot>& shots);

}  // namespace reelwright::vision

#pragma once

#include "media/scaler.h"
#include "vision/boxes.h"

namespace reelwright::vision {

/// How much a face moved between two pictures, its head's own motion taken out.
struct FaceMotion {
  double mouth = 0;  ///< mean absolute change around the mouth, in deviations of the face's grey levels
  double rest = 0;   ///< the same around eyes and nose
};

/// Compares the face in `box` (pixels of both pictures, brows to chin) of two luma pictures of one size. The
/// shift of eyes and nose between them is found by phase correlation (Kuglin and Hines 1975) and undone
/// first.
FaceMotion face_motion(const media::Picture& before, const media::Picture& after, const Box& box);

}  // namespace reelwright::vision

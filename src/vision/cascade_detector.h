#pragma once

#include <memory>

#include "vision/detector.h"

namespace reelwright::vision {

/// Upright faces within some 30 degrees of the camera, from 20 pixels on. The whole picture is searched by
/// the LBP cascade (Liao et al. 2007), at less than half the cost of the Haar cascade `frontalface_alt2`
/// (Viola and Jones 2001; Lienhart and Maydt 2002), which is asked where the first finds nothing and wherever
/// a face is expected. Both now and then take a texture for a face: see FaceConfirmer. Throws `unavailable`
/// where a cascade's file is missing.
std::unique_ptr<Detector> make_cascade_detector();

}  // namespace reelwright::vision

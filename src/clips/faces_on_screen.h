#pragma once

#include <vector>

#include "captions/placement.h"
#include "clips/render.h"
#include "vision/framing.h"

namespace reelwright::clips {

/// The faces of a clip as they stand on its finished picture, times counting from the clip's start: what
/// captions must keep clear of. Faces outside of the windows are left out.
std::vector<captions::FacesOnScreen> faces_on_screen(const vision::Framing& framing, core::Time clip_start,
                                                     Size size);

}  // namespace reelwright::clips

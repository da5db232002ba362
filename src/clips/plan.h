#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clips/render.h"
#include "clips/selection.h"
#include "transcript/transcript.h"
#include "vision/detector_choice.h"
#include "vision/manual_path.h"

namespace reelwright::clips {

/// One clip that is to be made, with all that is asked of it.
struct Plan {
  ChosenClip clip;
  std::string aspect_ratio;
  std::string caption_style;  ///< burned in unless `none`
  Size size;
  std::optional<std::vector<transcript::Word>> words{};  ///< corrected; instead of what the transcript says
  std::optional<core::Span> words_span{};      ///< where they stand instead; none: in all of the clip
  std::vector<vision::ManualKeyframe> crop{};  ///< empty: the camera finds its way
  vision::DetectorChoice detectors{};
};

}  // namespace reelwright::clips

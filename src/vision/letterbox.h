#pragma once

#include <span>

#include "media/scaler.h"
#include "vision/boxes.h"

namespace reelwright::vision {

/// How a picture stands in the input of a model: scaled with its shape kept, in the middle, the rest padded.
struct Letterbox {
  int width = 0;  ///< of the input
  int height = 0;
  int left = 0;  ///< where the picture begins
  int top = 0;
  int shown_width = 0;  ///< of the picture inside the input
  int shown_height = 0;
  int picture_width = 0;  ///< of the picture itself
  int picture_height = 0;

  /// From pixels of the input to pixels of the picture; what lies on the padding falls outside of it.
  Box in_picture(const Box& in_input) const;
};

/// The largest place for a picture in an input of `width` x `height`; all sizes at least 1.
Letterbox letterbox(int picture_width, int picture_height, int width, int height);

/// What a model takes for a pixel.
struct PixelForm {
  bool rgb = true;    ///< red first; else blue
  float unit = 1;     ///< what a grey level of 1 becomes
  int padding = 114;  ///< grey level
};

/// Writes the picture (1 or 3 channels) as three planes of `place.height` rows of `place.width` values into
/// `planes`, which has room for just that. Scales as models are trained: linearly between pixels.
void paint(const media::Picture& picture, const Letterbox& place, const PixelForm& form,
           std::span<float> planes);

}  // namespace reelwright::vision

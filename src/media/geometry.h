#pragma once

// Inside `media/` only: how a stored picture is turned and stretched to be shown.

#include "media/av.h"

namespace reelwright::media {

struct Geometry {
  int rotation = 0;          ///< clockwise degrees to turn the stored picture: 0, 90, 180, 270
  bool mirrored = false;     ///< flipped left to right after turning
  double stored_aspect = 1;  ///< width over height of a pixel, before turning
  double aspect = 1;         ///< the same after turning
  int width = 0;             ///< as shown, in square pixels
  int height = 0;
};

/// Reads the display matrix and the sample aspect ratio of a video stream. Where the matrix turns by no
/// multiple of 90 degrees, the nearest is taken.
Geometry geometry_of(const AVFormatContext& format, const AVStream& stream);

}  // namespace reelwright::media

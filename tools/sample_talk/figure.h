#pragma once

#include <opencv2/core.hpp>

#include "material/drawn_speaker.h"

namespace reelwright::sample_talk {

/// A whole person seen from the front.
struct Figure {
  cv::Point2d eyes{};  ///< the point between the eyes, pixels
  double face = 100;   ///< width of the face, pixels
  double stride = 0;   ///< phase of the walk, radians
  double pace = 0;     ///< 0 stands still to 1 takes full steps
  double gesture = 0;  ///< how far the hands are raised, 0 to 1
  material::Look look{};
};

/// Eyes shut for a moment every few seconds: 0 open to 1 closed. `shift` sets one person off from another.
double blink_at(double seconds, double shift);

/// Draws legs, trunk, arms, head and hands on a BGR picture; what lies outside is cut off.
void draw_figure(cv::Mat& picture, const Figure& figure);

}  // namespace reelwright::sample_talk

#pragma once

#include <opencv2/core.hpp>

namespace reelwright::material {

/// How a drawn speaker looks at one moment.
struct Look {
  double mouth_open = 0;           ///< 0 closed to 1 wide open
  double blink = 0;                ///< 0 eyes open to 1 closed
  cv::Scalar skin{150, 180, 225};  ///< BGR
  cv::Scalar hair{35, 45, 60};
  cv::Scalar clothes{120, 70, 40};
};

/// `colour`, darker (below 1) or lighter by `factor`.
cv::Scalar shade(const cv::Scalar& colour, double factor);

/// Draws a speaker from the shoulders up, seen from the front, on a BGR picture: shaded so that frontal face
/// detectors (LBP, Haar, HOG) take it for a face. `eyes`: the point between the eyes; `face`: the width of
/// the face in pixels, about what a detector's box will measure. Reads as a face from some 24 pixels on.
void draw_speaker(cv::Mat& picture, cv::Point2d eyes, double face, const Look& look = {});

}  // namespace reelwright::material

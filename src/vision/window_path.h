#pragma once

#include <span>
#include <vector>

#include "vision/boxes.h"
#include "vision/l1_path.h"
#include "vision/scenes.h"
#include "vision/subject_path.h"

namespace reelwright::vision {

/// A window of constant size that follows some subjects over a stretch of time.
class WindowPath {
 public:
  /// `width`, `height`: of the window, source pixels, at most the stage's.
  WindowPath(std::span<const SubjectPath> subjects, core::Span span, double width, double height,
             const Stage& stage);

  /// The window at a moment of the span, inside the picture.
  Box at(core::Time time) const;

 private:
  core::Time start_;
  double width_;
  double height_;
  SplinePath x_;  ///< of the window's left and upper edge
  SplinePath y_;
};

}  // namespace reelwright::vision

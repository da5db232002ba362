#pragma once

#include <memory>

#include "media/picture_pool.h"
#include "media/window_scaler.h"

namespace reelwright::clips {

/// What stands behind a picture that does not fill the output: its own middle, blurred and darkened. Not
/// thread-safe.
class Backdrop {
 public:
  Backdrop(int width, int height);

  /// Covers `into` with the middle of `window`.
  void paint(const AVFrame& source, int shown_width, int shown_height, const media::Window& window,
             AVFrame& into);

 private:
  void blur_and_darken();

  int width_;
  int height_;
  media::WindowScaler shrink_{media::Resampling::sharp};
  media::WindowScaler grow_{media::Resampling::smooth};
  media::PicturePtr small_;
};

}  // namespace reelwright::clips

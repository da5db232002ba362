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

  /// Covers what `shown`, the one part of `picture` that is painted, leaves free on its two sides.
  void paint(AVFrame& picture, const media::Panel& shown);

 private:
  void shrink(const AVFrame& picture, const media::Panel& shown);
  void blur_and_darken();
  void grow(media::WindowScaler& scaler, AVFrame& picture, const media::Panel& band) const;

  int width_;
  int height_;
  media::WindowScaler shrink_{media::Resampling::sharp};
  media::WindowScaler grow_first_{media::Resampling::smooth};
  media::WindowScaler grow_last_{media::Resampling::smooth};
  media::PicturePtr small_;
};

}  // namespace reelwright::clips

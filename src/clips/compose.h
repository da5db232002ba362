#pragma once

#include <memory>

#include "media/picture_pool.h"
#include "media/window_scaler.h"
#include "vision/crop_path.h"

namespace reelwright::clips {

/// Makes finished pictures out of source pictures: cuts the windows out, scales them and lays them out.
/// Not thread-safe.
class Composer {
 public:
  /// The size of the source as shown, and that of the finished pictures (even).
  Composer(int source_width, int source_height, int width, int height);
  ~Composer();
  Composer(Composer&&) noexcept;
  Composer& operator=(Composer&&) noexcept;

  /// A finished picture, 8-bit 4:2:0 BT.709. A keyframe without windows shows the whole source.
  media::PicturePtr compose(const AVFrame& source, const vision::Keyframe& keyframe);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::clips

#pragma once

#include <memory>
#include <string>

#include "core/time.h"

struct AVFrame;

namespace reelwright::captions {

/// Burns an ASS script into frames. Thread-confined: make one a thread.
class Burner {
 public:
  /// For yuv420p frames (BT.709, limited range) of this size, both even. Throws `unavailable` where libass
  /// cannot start, `internal` where `ass` is no script or a size is odd.
  Burner(std::string ass, int width, int height);
  ~Burner();
  Burner(Burner&&) noexcept;
  Burner& operator=(Burner&&) noexcept;

  /// Draws what the script shows at `since_clip_start` over `frame`, in place: its buffers must be writable
  /// (`av_frame_make_writable`). Only the captions' rectangle is touched. Throws `internal` on a frame of
  /// another size or pixel format.
  void draw(AVFrame& frame, core::Time since_clip_start);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::captions

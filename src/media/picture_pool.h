#pragma once

#include <memory>

#include "media/video_reader.h"

namespace reelwright::media {

using PicturePtr = std::unique_ptr<AVFrame, Frame::Release>;

/// A new 8-bit 4:2:0 picture, rows aligned for every processor, tagged BT.709 limited. Throws std::bad_alloc.
PicturePtr new_picture(int width, int height);

/// The same out of memory that goes around: fresh memory of this size would have to be cleared by the system
/// for every picture. Pictures may outlive the pool and be given up on any thread.
class PicturePool {
 public:
  PicturePool(int width, int height);
  ~PicturePool();
  PicturePool(PicturePool&&) noexcept;
  PicturePool& operator=(PicturePool&&) noexcept;

  /// Its content is left over from earlier. Throws std::bad_alloc.
  PicturePtr get();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::media

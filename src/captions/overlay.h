#pragma once

#include <ass/ass.h>

#include <cstdint>
#include <vector>

struct AVFrame;

namespace reelwright::captions {

/// Captions ready to be laid on yuv420p frames: BT.709, limited range, colours already multiplied by opacity,
/// only the rectangle that holds anything.
class Overlay {
 public:
  /// Composes libass' pictures, lowest first, for frames of this size (even numbers).
  void compose(const ASS_Image* images, int frame_width, int frame_height);

  /// Lays the captions over `frame` in place; the frame's buffers must be writable.
  void blend(AVFrame& frame) const;

  bool empty() const { return width_ == 0; }

 private:
  struct Plane {
    std::vector<std::uint8_t> color;
    std::vector<std::uint8_t> alpha;
  };

  void add(const ASS_Image& image);
  void subsample();

  int x_ = 0;  ///< even, as are y, width and height
  int y_ = 0;
  int width_ = 0;
  int height_ = 0;
  Plane luma_;
  std::vector<std::uint8_t> full_u_;  ///< chroma before subsampling
  std::vector<std::uint8_t> full_v_;
  Plane u_;
  Plane v_;
};

}  // namespace reelwright::captions

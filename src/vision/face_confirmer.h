#pragma once

#include <memory>

#include "media/scaler.h"
#include "vision/boxes.h"

namespace reelwright::vision {

/// Says whether a box holds a face, by dlib's frontal HOG detector (Dalal and Triggs 2005; King 2015) on an
/// enlarged cut-out. Slower and surer than the cascade, so it is asked only about new tracks.
class FaceConfirmer {
 public:
  FaceConfirmer();
  ~FaceConfirmer();
  FaceConfirmer(FaceConfirmer&&) noexcept;
  FaceConfirmer& operator=(FaceConfirmer&&) noexcept;

  /// `box` in the pixels of `luma`, brows to chin.
  bool confirms(const media::Picture& luma, const Box& box);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::vision

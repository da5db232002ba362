#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "inference/onnx_session.h"
#include "media/scaler.h"
#include "vision/nms.h"
#include "vision/picture_input.h"

namespace reelwright::vision {

/// YuNet (Wu, Peng and Yu 2023), as OpenCV's model zoo has it since 2023: faces from some 10 pixels on, from
/// the front and the side. Thread-safe.
class YunetModel {
 public:
  /// Throws `invalid_input`, naming the file, where the model is something else.
  explicit YunetModel(std::shared_ptr<const inference::OnnxSession> session);

  /// Whether the model has YuNet's outputs.
  static bool is_one(const inference::OnnxSession& session);

  /// The faces in a picture (BGR, or grey), hairline to chin and ear to ear, in its pixels; the surest first;
  /// scores 0 to 1. Throws what `OnnxSession::run` throws.
  std::vector<ScoredBox> find(const media::Picture& picture, const std::stop_token& stop) const;

  /// How wide pictures need to be.
  int picture_width() const;

 private:
  std::shared_ptr<const inference::OnnxSession> session_;
  PictureInput input_;
};

}  // namespace reelwright::vision

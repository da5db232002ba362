#pragma once

#include <memory>
#include <optional>
#include <string>

#include "inference/onnx_session.h"
#include "vision/letterbox.h"

namespace reelwright::vision {

/// The one input of a model that looks at pictures: batch x 3 x height x width.
struct PictureInput {
  std::string name;
  std::optional<int> batch;  ///< none: any
  std::optional<int> height;
  std::optional<int> width;
};

/// Throws `invalid_input`, naming the file, where the model has no such input, or others beside it.
PictureInput picture_input(const inference::OnnxSession& model);

/// The model's input as a place for a picture: of the model's own size; where it takes any, `long_side`
/// pixels (a multiple of 32) along the picture's longer side and the least multiple of 32 along the other, as
/// networks that halve a picture five times need it.
Letterbox place_for(const PictureInput& input, int picture_width, int picture_height, int long_side);

}  // namespace reelwright::vision

#pragma once

#include <optional>
#include <string>

namespace reelwright::inference {

/// What a ggml file is found to be without reading its weights.
template <class Shape>
struct GgmlLook {
  std::optional<Shape> shape{};  ///< where nothing is wrong
  bool cut_short = false;        ///< it ends before what its header promises
  /// To follow "FILE is ": "cut short", "a ggml model with 7 layers too many"; empty where nothing is wrong.
  std::string problem{};
};

}  // namespace reelwright::inference

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "inference/onnx_tensor.h"
#include "vision/nms.h"

namespace reelwright::vision {

/// How a YOLO model writes down what it found in a picture.
enum class YoloLayout {
  rows,      ///< (4 + classes) x N: all centres' x, all y, all widths, all heights, all scores of each class
  columns,   ///< N x (4 + classes): the same, box by box
  finished,  ///< N x 6: left, top, right, bottom, score, class; overlaps were dealt with inside the model
};

struct YoloForm {
  YoloLayout layout = YoloLayout::rows;
  int boxes = 0;     ///< N
  int classes = 0;   ///< finished: 0, the boxes say
  int channels = 0;  ///< numbers a box; what stands behind the classes (masks, joints) is passed over
};

/// Tells from an output's shape, `batch x a x b`, and the number of classes (where it is known) how it is to
/// be read. Of YOLOv8 and v11 (Jocher et al. 2023, 2024) there are exports of all layouts. Nothing where it
/// is none of them, as the 5 + classes of YOLOv5 and before.
std::optional<YoloForm> yolo_form(const inference::Shape& shape, std::optional<int> classes);

/// The boxes of one picture, in pixels of the input, whose best class has `least_score` or more. What is not
/// finite or has no size is left out.
std::vector<ScoredBox> read_yolo(std::span<const float> numbers, const YoloForm& form, double least_score);

}  // namespace reelwright::vision

#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "vision/detector.h"
#include "vision/yolo_model.h"

namespace reelwright::vision {

/// Finds those of `wanted` that `model` knows (see `subject_of_class`): at most 20 in a picture, the surest.
/// `name` is what the report names. A `stop` ends a look with `cancelled`.
std::unique_ptr<Detector> make_yolo_detector(std::shared_ptr<const YoloModel> model,
                                             std::vector<Subject> wanted, std::string name,
                                             std::stop_token stop);

}  // namespace reelwright::vision

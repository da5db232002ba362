#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "vision/detector.h"
#include "vision/yunet_model.h"

namespace reelwright::vision {

/// Faces by YuNet, in boxes such as the cascades give: square, brows to chin, a little wider than the ears.
/// `name` is what the report names. A `stop` ends a look with `cancelled`.
std::unique_ptr<Detector> make_yunet_detector(std::shared_ptr<const YunetModel> model, std::string name,
                                              std::stop_token stop);

/// The cascades' box for a face that YuNet found.
Box cascade_box(const Box& face);

}  // namespace reelwright::vision

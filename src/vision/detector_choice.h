#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "vision/detector.h"
#include "vision/yolo_model.h"
#include "vision/yunet_model.h"

namespace reelwright::vision {

/// Which detectors are asked for.
struct DetectorOptions {
  std::string engine = "auto";  ///< `embedded`, `yolo`, `yunet`; `auto`: what `model` is, else embedded
  std::filesystem::path model;  ///< an ONNX file; empty: none
  std::filesystem::path face_model{};  ///< an ONNX file of YuNet, beside a YOLO model; empty: none
  /// What YOLO looks for, the most wanted first.
  std::vector<Subject> subjects = {Subject::face, Subject::person, Subject::animal, Subject::vehicle,
                                   Subject::thing};
  std::string provider = "cpu";  ///< what computes the model: see `inference::execution_providers`
};

/// The detectors as chosen, their model loaded. Cheap to copy; copies share the model.
struct DetectorChoice {
  std::shared_ptr<const YoloModel> yolo{};    ///< finds people and other subjects; null: OpenCV's
  std::shared_ptr<const YunetModel> yunet{};  ///< finds faces; null: OpenCV's
  /// What the camera may follow, the most wanted first.
  std::vector<Subject> order = {Subject::face, Subject::person};
  std::string yolo_name{}, yunet_name{};  ///< of the models, for reports
  /// Of all that decides what is found, the model's bytes too; empty where no model was named.
  std::string key{};
};

/// Throws `invalid_input` where a model is needed and none is named, or the file is no such model; else what
/// `inference::open_onnx` throws. `threads` are the model's.
DetectorChoice choose_detectors(const DetectorOptions& options, unsigned threads);

/// What looks at pictures.
struct Detectors {
  std::unique_ptr<Detector> faces;
  std::unique_ptr<Detector> others;
  std::vector<Subject> order;
};

/// Throws `unavailable` where a model that comes with the packages is missing. A `stop` ends a look.
Detectors make_detectors(const DetectorChoice& choice, const std::stop_token& stop);

}  // namespace reelwright::vision

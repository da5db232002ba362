#include "vision/detector_choice.h"

#include <fmt/format.h>

#include "core/error.h"
#include "core/text.h"
#include "inference/file_digest.h"
#include "vision/face_yunet_detector.h"
#include "vision/yolo_detector.h"

namespace reelwright::vision {

namespace {

// Raised when the code around models changes what they find.
constexpr int models_version = 1;
constexpr std::size_t short_digest = 12;

std::string subjects_key(const std::vector<Subject>& subjects) {
  std::string key;
  for (const Subject subject : subjects) key += static_cast<char>('0' + static_cast<int>(subject));
  return key;
}

void need_model(const DetectorOptions& options) {
  if (options.model.empty() && options.engine != "auto")
    throw core::Error(core::ErrorCode::invalid_input,
                      fmt::format("DETECTOR is '{}' and needs a model; name an ONNX file by DETECTOR_MODEL.",
                                  options.engine));
}

/// `engine`: what `file` must be, or `auto`.
void add_model(DetectorChoice& choice, const DetectorOptions& options, const std::filesystem::path& file,
               const std::string& engine, unsigned threads) {
  const auto session = inference::open_onnx(file, {.provider = options.provider, .threads = threads});
  const std::string digest = inference::file_digest(file, {});
  const bool faces = engine == "yunet" || (engine == "auto" && YunetModel::is_one(*session));
  if (faces && choice.yunet)
    throw core::Error(core::ErrorCode::invalid_input,
                      "DETECTOR_MODEL and FACE_DETECTOR_MODEL both name YuNet; leave one of them out.");
  const std::string kind = faces ? "YuNet" : "YOLO";
  const std::string name =
      fmt::format("{} {} (sha256 {}, {})", kind, core::printable(file.filename().string(), 100),
                  digest.substr(0, short_digest), options.provider);
  if (faces) {
    choice.yunet = std::make_shared<YunetModel>(session);
    choice.yunet_name = name;
  } else {
    choice.yolo = std::make_shared<YoloModel>(session);
    choice.yolo_name = name;
    choice.order = options.subjects;
  }
  if (!choice.key.empty()) choice.key += ' ';
  choice.key += fmt::format("{} {} {} {} {}", kind, models_version, digest, options.provider,
                            subjects_key(choice.order));
}

}  // namespace

DetectorChoice choose_detectors(const DetectorOptions& options, unsigned threads) {
  DetectorChoice choice;
  if (options.engine == "embedded") return choice;
  need_model(options);
  if (!options.model.empty()) add_model(choice, options, options.model, options.engine, threads);
  if (!options.face_model.empty()) add_model(choice, options, options.face_model, "yunet", threads);
  return choice;
}

Detectors make_detectors(const DetectorChoice& choice, const std::stop_token& stop) {
  return {.faces = choice.yunet ? make_yunet_detector(choice.yunet, choice.yunet_name, stop)
                                : make_face_detector(),
          .others = choice.yolo ? make_yolo_detector(choice.yolo, choice.order, choice.yolo_name, stop)
                                : make_person_detector(),
          .order = choice.order};
}

}  // namespace reelwright::vision

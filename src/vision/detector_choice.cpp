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

std::string name_of(const std::string& kind, const DetectorOptions& options, const std::string& digest) {
  return fmt::format("{} {} (sha256 {}, {})", kind, core::printable(options.model.filename().string(), 100),
                     digest.substr(0, short_digest), options.provider);
}

void need_model(const DetectorOptions& options) {
  if (options.model.empty() && options.engine != "auto")
    throw core::Error(core::ErrorCode::invalid_input,
                      fmt::format("DETECTOR is '{}' and needs a model; name an ONNX file by DETECTOR_MODEL.",
                                  options.engine));
}

}  // namespace

DetectorChoice choose_detectors(const DetectorOptions& options, unsigned threads) {
  DetectorChoice choice;
  if (options.engine == "embedded") return choice;
  need_model(options);
  if (options.model.empty()) return choice;
  const auto session =
      inference::open_onnx(options.model, {.provider = options.provider, .threads = threads});
  const std::string digest = inference::file_digest(options.model, {});
  const bool faces = options.engine == "yunet" || (options.engine == "auto" && YunetModel::is_one(*session));
  if (faces) {
    choice.yunet = std::make_shared<YunetModel>(session);
  } else {
    choice.yolo = std::make_shared<YoloModel>(session);
    choice.order = options.subjects;
  }
  const std::string kind = faces ? "YuNet" : "YOLO";
  choice.name = name_of(kind, options, digest);
  choice.key = fmt::format("{} {} {} {} {}", kind, models_version, digest, options.provider,
                           subjects_key(choice.order));
  return choice;
}

Detectors make_detectors(const DetectorChoice& choice, const std::stop_token& stop) {
  return {.faces = choice.yunet ? make_yunet_detector(choice.yunet, choice.name, stop) : make_face_detector(),
          .others = choice.yolo ? make_yolo_detector(choice.yolo, choice.order, choice.name, stop)
                                : make_person_detector(),
          .order = choice.order};
}

}  // namespace reelwright::vision

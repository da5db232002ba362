#include "speech/speaker_model.h"

#include <fmt/format.h>

#include <utility>

#include "core/error.h"
#include "core/text.h"

namespace reelwright::speech {

std::shared_ptr<const inference::OnnxSession> open_speaker_model(std::string_view setting,
                                                                 const std::filesystem::path& file,
                                                                 const inference::OnnxOptions& options) {
  try {
    auto model = inference::open_onnx(file, options);
    if (model->inputs().size() != 1 || model->outputs().empty())
      refuse_speaker_model(
          setting, *model,
          fmt::format("it has {} inputs and {} outputs", model->inputs().size(), model->outputs().size()));
    return model;
  } catch (const core::Error& error) {
    const std::string said = error.what();
    if (said.contains(setting)) throw;
    throw core::Error(error.code(), fmt::format("{}: {}", setting, said), error.details());
  }
}

void refuse_speaker_model(std::string_view setting, const inference::OnnxSession& model,
                          std::string_view why) {
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("{} names {}, which cannot be used for it: {}. It wants a {}.", setting,
                                core::printable(model.file().string()), why,
                                setting == "SPEAKER_SEGMENTATION_MODEL"
                                    ? "pyannote-type segmentation model (batch x 1 x samples in, "
                                      "batch x frames x 7 out)"
                                    : "WeSpeaker-type embedding model (batch x frames x 80 in, batch x "
                                      "dimensions out)"));
}

inference::Tensor run_speaker_model(const inference::OnnxSession& model, inference::Tensor input,
                                    const std::stop_token& stop) {
  inference::Tensors inputs;
  inputs.emplace(model.inputs()[0].name, std::move(input));
  return std::move(model.run(inputs, stop).at(model.outputs()[0].name));
}

}  // namespace reelwright::speech

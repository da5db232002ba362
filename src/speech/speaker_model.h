#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "inference/onnx_session.h"

namespace reelwright::speech {

/// As `inference::open_onnx`; what it says names `setting` too, and a file of more than one input or of no
/// output is `invalid_input`.
std::shared_ptr<const inference::OnnxSession> open_speaker_model(std::string_view setting,
                                                                 const std::filesystem::path& file,
                                                                 const inference::OnnxOptions& options);

/// Throws `invalid_input`: the model that `setting` names is not what it should be, because of `why`.
[[noreturn]] void refuse_speaker_model(std::string_view setting, const inference::OnnxSession& model,
                                       std::string_view why);

/// Runs a model of one input; gives its first output. Throws what `OnnxSession::run` throws.
inference::Tensor run_speaker_model(const inference::OnnxSession& model, inference::Tensor input,
                                    const std::stop_token& stop);

}  // namespace reelwright::speech

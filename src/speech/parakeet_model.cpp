#include "speech/parakeet_model.h"

#include <fmt/format.h>

#include "core/error.h"
#include "core/text.h"
#include "inference/parakeet_file.h"

namespace reelwright::speech {

namespace {

using core::Error;
using core::ErrorCode;
using inference::ParakeetShape;

parakeet_context_params parameters(GgmlDevice device) {
  parakeet_context_params parameters = ::parakeet_context_default_params();
  parameters.use_gpu = device == GgmlDevice::gpu;
  return parameters;
}

}  // namespace

ParakeetShape require_parakeet(const std::filesystem::path& file) {
  const inference::ParakeetLook look = inference::look_at_parakeet(file);
  if (look.shape) return *look.shape;
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("TRANSCRIBER_MODEL {} is {}; fetch it again (reelwright models pull), or name a Parakeet "
                  "model in ggml's format.",
                  core::printable(file.string()), look.problem));
}

ParakeetModel::ParakeetModel(const std::filesystem::path& file, GgmlDevice device)
    : shape_(require_parakeet(file)) {
  prepare_ggml(device);
  context_.reset(::parakeet_init_from_file_with_params_no_state(file.c_str(), parameters(device)));
  if (!context_)
    throw Error(
        ErrorCode::unavailable,
        fmt::format("{} could not be loaded, most likely because memory is short; take a smaller model.",
                    core::printable(file.string())));
}

std::uint64_t decoder_bytes(const ParakeetShape& shape) {
  const std::uint64_t frames = shape.audio_context / shape.subsampling;
  const std::uint64_t first = std::uint64_t{shape.channels} * (shape.mels / 2) * (shape.audio_context / 2);
  const std::uint64_t attention = shape.audio_heads * frames * frames;
  return sizeof(float) * (2 * first + 8 * attention);
}

std::string parakeet_version_text() { return ::parakeet_version(); }

}  // namespace reelwright::speech

#include "speech/whisper_model.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/text.h"
#include "inference/whisper_file.h"

namespace reelwright::speech {

namespace {

using core::Error;
using core::ErrorCode;
using inference::WhisperShape;

constexpr unsigned beams = 5;
constexpr std::size_t top_layers = 2;      // that align where a model's own heads are not known
constexpr std::uint64_t known_heads = 23;  // at most, of a model whose heads are known

/// DTW (Giorgino 2009, by cross-attention as in OpenAI's whisper/timing.py) needs attention as a matrix, so
/// flash attention is off. The library ends the process where its memory for that is too small.
whisper_context_params parameters(const WhisperShape& shape, GgmlDevice device) {
  whisper_context_params parameters = ::whisper_context_default_params();
  parameters.use_gpu = device == GgmlDevice::gpu;
  parameters.flash_attn = false;
  parameters.dtw_token_timestamps = true;
  parameters.dtw_aheads_preset = alignment_heads(shape);
  parameters.dtw_n_top = static_cast<int>(std::min<std::size_t>(top_layers, shape.text_layers));
  const std::uint64_t heads = std::max<std::uint64_t>(known_heads, top_layers * shape.text_heads);
  const std::uint64_t matrices = 6;  // of heads by places by frames, on the way to one of places by frames
  parameters.dtw_mem_size = (std::uint64_t{128} << 20) +
                            matrices * sizeof(float) * heads * shape.text_context * shape.audio_context;
  return parameters;
}

}  // namespace

WhisperShape require_whisper(const std::filesystem::path& file) {
  const inference::WhisperLook look = inference::look_at_whisper(file);
  if (look.shape) return *look.shape;
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("TRANSCRIBER_MODEL {} is {}; fetch it again (reelwright models pull), or name a Whisper "
                  "model in ggml's format.",
                  core::printable(file.string()), look.problem));
}

WhisperModel::WhisperModel(const std::filesystem::path& file, GgmlDevice device)
    : shape_(require_whisper(file)) {
  prepare_ggml(device);
  context_.reset(::whisper_init_from_file_with_params_no_state(file.c_str(), parameters(shape_, device)));
  if (!context_)
    throw Error(
        ErrorCode::unavailable,
        fmt::format("{} could not be loaded, most likely because memory is short; take a smaller model.",
                    core::printable(file.string())));
}

std::uint64_t WhisperModel::decoder_bytes() const { return speech::decoder_bytes(shape_, beams); }

std::uint64_t decoder_bytes(const WhisperShape& shape, unsigned beam) {
  const auto half = std::uint64_t{2};
  const std::uint64_t layer_pairs = 2 * half * shape.text_state * shape.text_layers;  // keys and values
  const std::uint64_t own = layer_pairs * shape.text_context * (beam + 2);  // room for each beam, and two
  const std::uint64_t across = layer_pairs * shape.audio_context;
  const std::uint64_t attention =
      sizeof(float) * shape.audio_heads * shape.audio_context * shape.audio_context;
  const std::uint64_t logits = sizeof(float) * 4 * shape.words * (beam + 2);
  return own + across + 2 * attention + logits;
}

whisper_alignment_heads_preset alignment_heads(const WhisperShape& shape) {
  struct Known {
    std::uint32_t audio_layers, text_layers, words;
    whisper_alignment_heads_preset heads;
  };
  constexpr std::array known{
      Known{4, 4, 51864, WHISPER_AHEADS_TINY_EN},     Known{4, 4, 51865, WHISPER_AHEADS_TINY},
      Known{6, 6, 51864, WHISPER_AHEADS_BASE_EN},     Known{6, 6, 51865, WHISPER_AHEADS_BASE},
      Known{12, 12, 51864, WHISPER_AHEADS_SMALL_EN},  Known{12, 12, 51865, WHISPER_AHEADS_SMALL},
      Known{24, 24, 51864, WHISPER_AHEADS_MEDIUM_EN}, Known{24, 24, 51865, WHISPER_AHEADS_MEDIUM},
      Known{32, 32, 51866, WHISPER_AHEADS_LARGE_V3},  Known{32, 4, 51866, WHISPER_AHEADS_LARGE_V3_TURBO}};
  const auto* found = std::ranges::find_if(known, [&](const Known& one) {
    return one.audio_layers == shape.audio_layers && one.text_layers == shape.text_layers &&
           one.words == shape.words;
  });
  return found == known.end() ? WHISPER_AHEADS_N_TOP_MOST : found->heads;
}

std::string whisper_version_text() { return ::whisper_version(); }

}  // namespace reelwright::speech

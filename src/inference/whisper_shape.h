#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inference/ggml_tensor.h"

namespace reelwright::inference {

/// The numbers at the head of a ggml file of Whisper, in their order (whisper.cpp,
/// models/convert-pt-to-ggml.py).
struct WhisperShape {
  std::uint32_t words = 0;  ///< in the vocabulary, special ones too
  std::uint32_t audio_context = 0;
  std::uint32_t audio_state = 0;
  std::uint32_t audio_heads = 0;
  std::uint32_t audio_layers = 0;
  std::uint32_t text_context = 0;
  std::uint32_t text_state = 0;
  std::uint32_t text_heads = 0;
  std::uint32_t text_layers = 0;
  std::uint32_t mels = 0;
  std::uint32_t file_type = 0;  ///< ggml's number of how the large tensors are stored

  bool knows_many_languages() const { return words >= 51865; }
};

/// Why no Whisper can have that shape, to follow "a ggml model ": "with 3 attention heads over 64 numbers".
/// Empty where one can. whisper.cpp itself checks little of this and ends the process over the rest.
std::string shape_problem(const WhisperShape& shape);

/// All tensors of a model of a shape that has no problem.
std::vector<GgmlTensor> whisper_tensors(const WhisperShape& shape);

}  // namespace reelwright::inference

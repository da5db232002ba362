#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inference/ggml_tensor.h"

namespace reelwright::inference {

/// The numbers at the head of a ggml file of Parakeet TDT, in their order (whisper.cpp,
/// models/convert-parakeet-to-ggml.py; the model: Xu et al. 2023, "Efficient Sequence Transduction by Jointly
/// Predicting Tokens and Durations", over Rekesh et al. 2023, "Fast Conformer").
struct ParakeetShape {
  std::uint32_t words = 0;          ///< in the vocabulary; the blank goes behind
  std::uint32_t audio_context = 0;  ///< frames of 10 ms in one go
  std::uint32_t audio_state = 0;
  std::uint32_t audio_heads = 0;
  std::uint32_t audio_layers = 0;
  std::uint32_t mels = 0;
  std::uint32_t file_type = 0;    ///< ggml's number of how the large tensors are stored
  std::uint32_t spectrum = 0;     ///< samples under one spectrum
  std::uint32_t subsampling = 0;  ///< frames of 10 ms that become one of the encoder's
  std::uint32_t channels = 0;     ///< of the convolutions that do so
  std::uint32_t kernel = 0;       ///< width of the other convolutions
  std::uint32_t text_state = 0;
  std::uint32_t text_layers = 0;
  std::uint32_t durations = 0;      ///< by how many frames the decoder may go on: so many choices
  std::uint32_t words_a_frame = 0;  ///< at most

  /// NVIDIA's English models have 1024 words, those for 25 European languages 8192.
  bool knows_many_languages() const { return words > 1024; }
};

/// Why whisper.cpp runs no Parakeet of that shape, to follow "a ggml model ": "with 3 attention heads over 64
/// numbers". Empty where it does. It checks little of this itself.
std::string shape_problem(const ParakeetShape& shape);

/// All tensors of a model of a shape that has no problem.
std::vector<GgmlTensor> parakeet_tensors(const ParakeetShape& shape);

/// Whether the first numbers of a ggml file, behind the magic, are more likely a Parakeet's than anything
/// else's; one of them may be wrong.
bool is_like_parakeet(std::uint32_t spectrum, std::uint32_t subsampling);

}  // namespace reelwright::inference

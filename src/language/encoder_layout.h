#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "inference/onnx_session.h"

namespace reelwright::language {

/// How an exported encoder of sentences takes its texts and gives its vectors.
struct EncoderLayout {
  bool takes_types = false;              ///< token_type_ids beside input_ids and attention_mask
  std::string output;                    ///< the one that is read
  bool is_pooled = false;                ///< it is texts x width already; else texts x tokens x width
  std::optional<std::int64_t> batch{};   ///< the only number of texts that it takes
  std::optional<std::int64_t> tokens{};  ///< the only number of tokens
};

/// Throws `invalid_input` where the model is none: other inputs, not of int64, outputs of other shapes, a
/// fixed number of texts above 1.
EncoderLayout encoder_layout(const inference::OnnxSession& model);

/// Says what to do about a model that is no such encoder.
[[noreturn]] void refuse_encoder(const inference::OnnxSession& model, const std::string& why);

}  // namespace reelwright::language

#pragma once

#include <parakeet.h>

#include <filesystem>
#include <memory>
#include <string>

#include "inference/parakeet_shape.h"
#include "speech/ggml_library.h"

namespace reelwright::speech {

/// Throws `invalid_input`, naming TRANSCRIBER_MODEL, where `file` is no whole Parakeet model, else what
/// `inference::look_at_parakeet` throws. Reads the header only.
inference::ParakeetShape require_parakeet(const std::filesystem::path& file);

/// The weights of a Parakeet model, ready to be decoded with. Immutable; several decoders share one.
class ParakeetModel {
 public:
  /// Opens a ggml file, after a look at all that whisper.cpp would end the process over. Throws `not_found`,
  /// `forbidden`; `invalid_input` (naming TRANSCRIBER_MODEL) where it is no whole Parakeet model;
  /// `unavailable` where `gpu` is asked for and ggml has none here, or memory is short.
  ParakeetModel(const std::filesystem::path& file, GgmlDevice device);

  const inference::ParakeetShape& shape() const { return shape_; }
  parakeet_context* context() const { return context_.get(); }

 private:
  struct Free {
    void operator()(parakeet_context* context) const { ::parakeet_free(context); }
  };

  inference::ParakeetShape shape_;
  std::unique_ptr<parakeet_context, Free> context_;
};

/// About how much memory a decoder takes beside the weights, in bytes: its largest steps are the first
/// convolution, and the attention of one layer.
std::uint64_t decoder_bytes(const inference::ParakeetShape& shape);

/// The version of the library, for example `1.9.5`.
std::string parakeet_version_text();

}  // namespace reelwright::speech

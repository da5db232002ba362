#pragma once

#include <whisper.h>

#include <filesystem>
#include <memory>
#include <string>

#include "inference/whisper_shape.h"
#include "speech/ggml_library.h"

namespace reelwright::speech {

/// Throws `invalid_input`, naming TRANSCRIBER_MODEL, where `file` is no whole Whisper model, else what
/// `inference::look_at_whisper` throws. Reads the header only.
inference::WhisperShape require_whisper(const std::filesystem::path& file);

/// The weights of a Whisper model, ready to be decoded with. Immutable; several decoders share one.
class WhisperModel {
 public:
  /// Opens a ggml file, after a look at all that whisper.cpp would end the process over. Throws `not_found`,
  /// `forbidden`; `invalid_input` (naming TRANSCRIBER_MODEL) where it is no whole Whisper model;
  /// `unavailable` where `gpu` is asked for and ggml has none here, or memory is short.
  WhisperModel(const std::filesystem::path& file, GgmlDevice device);

  const inference::WhisperShape& shape() const { return shape_; }
  whisper_context* context() const { return context_.get(); }

  /// About how much memory one decoder takes beside the weights, in bytes.
  std::uint64_t decoder_bytes() const;

 private:
  struct Free {
    void operator()(whisper_context* context) const { ::whisper_free(context); }
  };

  inference::WhisperShape shape_;
  std::unique_ptr<whisper_context, Free> context_;
};

/// About how much memory a decoder with a beam of `beams` takes, in bytes: its caches and the attention of
/// one layer.
std::uint64_t decoder_bytes(const inference::WhisperShape& shape, unsigned beams);

/// The heads by whose attention whisper.cpp aligns text and sound: those it knows for OpenAI's own models,
/// else all of the upper layers.
whisper_alignment_heads_preset alignment_heads(const inference::WhisperShape& shape);

/// The version of the library, for example `1.9.5`.
std::string whisper_version_text();

}  // namespace reelwright::speech

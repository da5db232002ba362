#pragma once

#include <string>

#include "speech/transcriber.h"
#include "speech/whisper_model.h"

namespace reelwright::speech {

/// whisper.cpp over windows of what the project's own voice activity finds, several at a time where memory
/// allows.
class WhisperTranscriber : public Transcriber {
 public:
  struct Options {
    std::filesystem::path model;  ///< a ggml file
    GgmlDevice device = GgmlDevice::cpu;
    std::string prompt;  ///< see `recognition_prompt`
  };

  /// Looks at the model's header and reads it through for its digest, without loading it. Throws `not_found`,
  /// `forbidden`, `invalid_input`.
  explicit WhisperTranscriber(Options options);

  std::string_view name() const override { return name_; }
  std::string key() const override { return key_; }
  void try_loading() const override;
  transcript::Transcript transcribe(const std::filesystem::path& audio, std::string_view language,
                                    const core::Context& context,
                                    std::vector<core::Warning>& warnings) override;

 private:
  Options options_;
  std::string name_;
  std::string key_;
};

}  // namespace reelwright::speech

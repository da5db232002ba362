#pragma once

#include <filesystem>
#include <string>

#include "speech/parakeet_model.h"
#include "speech/transcriber.h"

namespace reelwright::speech {

/// NVIDIA's Parakeet TDT, run by whisper.cpp over windows of what the project's own voice activity finds,
/// several at a time where memory allows.
class ParakeetTranscriber final : public Transcriber {
 public:
  /// Looks at the header of `model`, a ggml file, and reads it through for its digest, without loading it.
  /// Throws `not_found`, `forbidden`, `invalid_input`.
  ParakeetTranscriber(std::filesystem::path model, GgmlDevice device);

  std::string_view name() const override { return name_; }
  std::string key() const override { return key_; }
  void try_loading() const override;
  /// Beside what every transcriber adds: `repetition`, and `language_unknown` where it was to be found out
  /// and the model knows several.
  transcript::Transcript transcribe(const std::filesystem::path& audio, std::string_view language,
                                    const core::Context& context,
                                    std::vector<core::Warning>& warnings) override;

 private:
  std::filesystem::path model_;
  GgmlDevice device_;
  std::string name_;
  std::string key_;
};

}  // namespace reelwright::speech

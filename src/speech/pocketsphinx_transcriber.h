#pragma once

#include "speech/transcriber.h"

namespace reelwright::speech {

/// PocketSphinx 5, US English, over voiced chunks on all threads.
class PocketsphinxTranscriber : public Transcriber {
 public:
  std::string_view name() const override { return "pocketsphinx-en-us"; }
  void try_loading() const override;
  transcript::Transcript transcribe(const std::filesystem::path& audio, std::string_view language,
                                    const core::Context& context,
                                    std::vector<core::Warning>& warnings) override;
};

}  // namespace reelwright::speech

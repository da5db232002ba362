#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "core/config.h"
#include "core/context.h"
#include "speech/diarizer.h"
#include "transcript/transcript.h"

namespace reelwright::cli {

/// Tells who says each word of a recording, where the settings name the models for it; else does nothing.
class SpeakerTelling {
 public:
  /// Throws what `speech::Diarizer` throws, before any work is done.
  explicit SpeakerTelling(const core::Config& config);

  /// The work before this one and this one, each with its part of the progress.
  std::pair<core::Context, core::Context> parts(const core::Context& context) const;

  /// Throws what `Diarizer::turns` throws.
  void tell(const std::filesystem::path& audio, transcript::Transcript& transcript,
            const core::Context& context) const;

 private:
  std::optional<speech::Diarizer> diarizer_;
};

}  // namespace reelwright::cli

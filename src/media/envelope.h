#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/context.h"
#include "core/time.h"

namespace reelwright::media {

/// How loud a source is over time.
struct Envelope {
  core::Time start{};  ///< of step 0 on the presentation timeline
  core::Time step{};
  /// RMS of each step in dB below full scale, -100 (silence) to 0; step i covers
  /// [start + i * step, start + (i + 1) * step).
  std::vector<float> decibels{};
};

/// What of the sound is measured, and how finely.
struct EnvelopeOptions {
  core::Time from{};
  std::optional<core::Time> to{};                   ///< the end of the track where none is given
  core::Time step = std::chrono::milliseconds(10);  ///< 10 ms need 1.4 MB an hour; at least 1 ms
};

/// The envelope of the default audio track, all channels mixed. Throws `unsupported_media` where there is no
/// sound, and what `context.check` throws.
Envelope loudness_envelope(const std::filesystem::path& file, const EnvelopeOptions& options,
                           const core::Context& context);

}  // namespace reelwright::media

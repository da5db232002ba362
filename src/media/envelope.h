#pragma once

#include <filesystem>
#include <vector>

#include "core/context.h"
#include "core/time.h"

namespace reelwright::media {

/// How loud a source is over time.
struct Envelope {
  core::Time step{};
  /// RMS of each step in dB below full scale, -100 (silence) to 0; step i covers [i * step, (i + 1) * step)
  /// of the presentation timeline.
  std::vector<float> decibels{};
};

/// The envelope of the default audio track, all channels mixed, in steps of 10 ms (1.4 MB an hour). Throws
/// `unsupported_media` where there is no sound.
Envelope loudness_envelope(const std::filesystem::path& file, const core::Context& context);

}  // namespace reelwright::media

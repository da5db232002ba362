#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "core/context.h"
#include "core/time.h"

namespace reelwright::media {

/// The sound of a clip as it goes out: 48 kHz stereo, exactly as long as its span, brought to -14 LUFS, its
/// true peak held under -1 dBTP after encoding, faded in and out over 10 ms. A source without sound is
/// silence. Reads the span several times (to measure, then to deliver) instead of holding it. Not
/// thread-safe.
class ClipSound {
 public:
  static constexpr int sample_rate = 48000;
  static constexpr double target_lufs = -14;

  /// Measures. Throws what `AudioReader` and `context.check` throw.
  ClipSound(const std::filesystem::path& file, const core::Span& span, const core::Context& context);
  ~ClipSound();
  ClipSound(const ClipSound&) = delete;
  ClipSound& operator=(const ClipSound&) = delete;

  /// The next samples, interleaved; empty at the end. Valid until the next call.
  std::span<const float> next();

  /// Of what was delivered so far; -70 LUFS and -100 dBTP for silence.
  double loudness() const;
  double true_peak() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::media

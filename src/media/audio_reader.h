#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "core/time.h"

namespace reelwright::media {

/// Decodes one audio track to interleaved float samples on the presentation timeline: the first sample read
/// stands exactly at `from`; gaps, a late start and (up to `to`, where given) a missing end are silence.
/// Holds a few packets, never the file. Broken packets are skipped as silence. Not thread-safe.
class AudioReader {
 public:
  struct Options {
    int sample_rate = 16000;
    int channels = 1;  ///< 1: all channels mixed; 2: stereo
    core::Time from{};
    std::optional<core::Time> to{};
    std::optional<int> stream{};  ///< index in the container; else the default track, else the first
    std::stop_token stop{};       ///< ends the search for the first sample too
  };

  /// Throws what `probe` promises, `unsupported_media` (no sound), `invalid_input` (no such track),
  /// `cancelled`.
  AudioReader(const std::filesystem::path& file, const Options& options);
  ~AudioReader();
  AudioReader(AudioReader&&) noexcept;
  AudioReader& operator=(AudioReader&&) noexcept;

  /// Fills `samples` (a multiple of `channels` long) as far as the track goes; returns how many values were
  /// written, 0 at the end. Throws `cancelled`.
  std::size_t read(std::span<float> samples);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::media

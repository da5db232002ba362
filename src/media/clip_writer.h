#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/error.h"
#include "media/frame_rate.h"
#include "media/video_reader.h"

namespace reelwright::media {

/// Writes an mp4 (H.264 High, AAC 48 kHz stereo, index in front) under a temporary name beside it; `close`
/// renames it into place. Without `close` nothing is left. Not thread-safe.
class ClipWriter {
 public:
  static constexpr int sample_rate = 48000;
  static constexpr int channels = 2;

  struct Options {
    int width = 0;  ///< even
    int height = 0;
    FrameRate rate{};
    std::string encoder = "libx264";  ///< falls back to libx264 with a warning
    int threads = 0;                  ///< of the encoder; 0: as many as there are cores
    bool enlarged = false;            ///< the pictures were made much larger than they were, by half or more
    int most_video_bits = 0;          ///< a second; 0: as many as the quality takes
    int sound_bits = 160'000;         ///< a second
  };

  /// Throws `forbidden`, `not_found` (the folder), `storage_full`, or `invalid_input` (odd size).
  ClipWriter(const std::filesystem::path& file, const Options& options);
  ~ClipWriter();
  ClipWriter(const ClipWriter&) = delete;
  ClipWriter& operator=(const ClipWriter&) = delete;

  /// The encoder that is used in the end, and why it is not the one asked for.
  const std::string& encoder() const;
  const std::optional<core::Warning>& warning() const;

  /// The next picture (8-bit 4:2:0, BT.709), which is taken over. Throws `storage_full`.
  void write_picture(std::unique_ptr<AVFrame, Frame::Release> picture);

  /// The next samples, interleaved, -1 to 1. Throws `storage_full`.
  void write_sound(std::span<const float> samples);

  /// Flushes the encoders, completes the file and renames it.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::media

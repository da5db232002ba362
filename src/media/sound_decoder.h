#pragma once

// Inside `media/` only: the frames of an audio track as they are stored.

#include <filesystem>
#include <optional>

#include "media/input.h"

namespace reelwright::media {

/// Seeks to a place before the wanted time and decodes from there. Not thread-safe.
class SoundDecoder {
 public:
  /// Throws `unsupported_media` where there is no such sound, `invalid_input` where `stream` is no audio
  /// track.
  SoundDecoder(const std::filesystem::path& file, core::Time from, std::optional<int> stream,
               std::stop_token stop);

  /// The next frame (some lie before `from`, so that the codec is exact there); null at the end.
  FramePtr next();

  /// Where a frame begins; nothing for a frame without a timestamp, which follows the one before.
  std::optional<core::Time> time_of(const AVFrame& frame) const;

 private:
  void start();
  FramePtr decode();
  bool feed();

  Input input_;
  core::Time from_;
  int stream_ = -1;
  CodecPtr decoder_;
  PacketPtr packet_ = new_packet();
  FramePtr first_;
  bool flushing_ = false;
};

}  // namespace reelwright::media

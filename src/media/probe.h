#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace reelwright::media {

struct VideoFacts {
  int stream = 0;       ///< index in the container
  std::string codec{};  ///< FFmpeg's name
  int width = 0;        ///< as shown: after rotation, in square pixels
  int height = 0;
  double frame_rate = 0;  ///< average, frames a second
  bool variable_frame_rate = false;
  int rotation = 0;         ///< clockwise degrees the stored picture is turned for display: 0, 90, 180, 270
  double pixel_aspect = 1;  ///< of the stored picture
  bool interlaced = false;
  bool hdr = false;  ///< PQ or HLG transfer
  int bit_depth = 8;
  core::Time start{};
};

struct AudioFacts {
  int stream = 0;
  std::string codec{};
  int sample_rate = 0;
  int channels = 0;
  std::string language{};  ///< ISO 639-2 as tagged, may be empty
  std::string title{};
  bool is_default = false;
  core::Time start{};  ///< where its first sample stands
};

/// What is in a file. Covers (attached pictures) are not video.
struct SourceFacts {
  std::string container{};
  core::Time duration{};
  std::uintmax_t bytes = 0;
  std::optional<VideoFacts> video{};
  std::vector<AudioFacts> audio{};
  std::string title{};

  bool has_sound() const { return !audio.empty(); }
};

/// Opens with only the `file` protocol and the whitelisted containers. Throws `not_found`, `forbidden` (no
/// permission), `invalid_input` (a directory, an empty file), `unsupported_media` (not media, a playlist,
/// broken, encrypted, no stream that can be decoded, over 8192 pixels wide or high); the message names the
/// reason.
SourceFacts probe(const std::filesystem::path& file);

}  // namespace reelwright::media

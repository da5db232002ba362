#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "media/probe.h"

namespace reelwright::clips {

/// A source's facts as they stand in JSON (`probe --json`, `clips.json`): plain structs in SI units.
struct VideoJson {
  int stream = 0;
  std::string codec{};
  int width = 0;   ///< as shown
  int height = 0;  ///< as shown
  double frame_rate = 0;
  bool variable_frame_rate = false;
  int rotation = 0;         ///< clockwise degrees
  double pixel_aspect = 1;  ///< of the stored picture
  bool interlaced = false;
  bool hdr = false;
  int bit_depth = 8;
  double start = 0;  ///< seconds
};

struct AudioJson {
  int stream = 0;
  std::string codec{};
  int sample_rate = 0;
  int channels = 0;
  std::string language{};
  std::string title{};
  bool is_default = false;
  double start = 0;  ///< seconds
};

struct SourceJson {
  std::string file{};
  std::string container{};
  double duration = 0;  ///< seconds
  std::uint64_t bytes = 0;
  std::string title{};
  std::optional<VideoJson> video{};
  std::vector<AudioJson> audio{};
};

SourceJson source_json(const std::string& file, const media::SourceFacts& facts);

/// The same as text, indented.
std::string to_text(const SourceJson& source);

}  // namespace reelwright::clips

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "inference/whisper_shape.h"

namespace reelwright::inference {

/// What a ggml file of Whisper is found to be without reading its weights.
struct WhisperLook {
  std::optional<WhisperShape> shape{};  ///< where nothing is wrong
  bool cut_short = false;               ///< it ends before what its header promises
  /// To follow "FILE is ": "cut short", "a ggml model with 7 layers too many"; empty where nothing is wrong.
  std::string problem{};
};

/// Walks over the header, the bands, the vocabulary and the names and sizes of all tensors, and holds them to
/// what whisper.cpp needs: it ends the whole process over much of what it is not given. A file of another
/// kind has a problem too. Throws `not_found`, `forbidden`, `invalid_input` (a folder).
WhisperLook look_at_whisper(const std::filesystem::path& file);

/// The same of an open file of `size` bytes whose first four are ggml's.
WhisperLook look_at_whisper(int descriptor, std::uint64_t size);

}  // namespace reelwright::inference

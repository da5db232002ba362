#pragma once

#include <filesystem>

#include "inference/ggml_look.h"
#include "inference/whisper_shape.h"

namespace reelwright::inference {

using WhisperLook = GgmlLook<WhisperShape>;

/// Walks over the header, the bands, the vocabulary and the names and sizes of all tensors, and holds them to
/// what whisper.cpp needs: it ends the whole process over much of what it is not given. A file of another
/// kind has a problem too. Throws `not_found`, `forbidden`, `invalid_input` (a folder).
WhisperLook look_at_whisper(const std::filesystem::path& file);

/// The same of an open file of `size` bytes whose first four are ggml's.
WhisperLook look_at_whisper(int descriptor, std::uint64_t size);

}  // namespace reelwright::inference

#pragma once

#include <filesystem>

#include "inference/ggml_look.h"
#include "inference/parakeet_shape.h"

namespace reelwright::inference {

using ParakeetLook = GgmlLook<ParakeetShape>;

/// Walks over the header, the filters, the durations, the vocabulary and the names and sizes of all tensors,
/// and holds them to what whisper.cpp's Parakeet needs: it reads where nothing is, and ends the whole
/// process, over much of what it is not given. A file of another kind has a problem too. Throws `not_found`,
/// `forbidden`, `invalid_input` (a folder).
ParakeetLook look_at_parakeet(const std::filesystem::path& file);

/// The same of an open file of `size` bytes whose first four are ggml's.
ParakeetLook look_at_parakeet(int descriptor, std::uint64_t size);

}  // namespace reelwright::inference

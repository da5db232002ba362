#pragma once

// Inside `inference/` only.

#include <cstdint>

#include "inference/gguf_header.h"
#include "inference/message_walk.h"

namespace reelwright::inference {

/// Walks over the header of a GGUF file (versions 2 and 3; ggml's docs/gguf.md), which tells where the last
/// tensor begins: `cut_short` where the file ends before that. Reads the header, a few MB at most, and no
/// weights. `other` where the header makes no sense or is of another version. `descriptor` is an open file of
/// `size` bytes. What is told on the way goes into `header`, where one is given.
Walk walk_gguf(int descriptor, std::uint64_t size, GgufHeader* header = nullptr);

}  // namespace reelwright::inference

#pragma once

// Inside `inference/` only.

#include <cstdint>

namespace reelwright::inference {

/// How a file stands to the outermost message of ONNX.
enum class Walk {
  whole,
  cut_short,  ///< it begins as one and ends within a part
  other,
};

/// Walks over the fields of an ONNX `ModelProto` (onnx.proto3) by their tags and lengths, without reading
/// what is in them: a few small reads, whatever the size. `descriptor` is an open file of `size` bytes.
Walk walk_onnx(int descriptor, std::uint64_t size);

}  // namespace reelwright::inference

#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace reelwright::inference {

/// A tensor as a ggml file must hold it.
struct GgmlTensor {
  std::string name;
  std::array<std::uint32_t, 4> size{1, 1, 1, 1};  ///< the innermost dimension first
  std::uint32_t type = 0;                         ///< ggml's number

  bool operator==(const GgmlTensor&) const = default;
};

constexpr std::uint32_t ggml_float32 = 0;
constexpr std::uint32_t ggml_float16 = 1;

/// How ggml stores the numbers of large tensors: in blocks of `length` that take `bytes`.
struct GgmlStorage {
  std::uint32_t file_type;
  std::uint32_t type;
  std::uint32_t length;
  std::uint32_t bytes;
};

/// That of a file whose header says `file_type` (its thousands count ggml's own versions); null where it is
/// not known here.
const GgmlStorage* storage_of(std::uint32_t file_type);

/// How many bytes of the file the numbers of `tensor`, of a known type, take.
std::uint64_t bytes_of(const GgmlTensor& tensor);

}  // namespace reelwright::inference

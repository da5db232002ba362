#include "inference/ggml_tensor.h"

#include <algorithm>

namespace reelwright::inference {

namespace {

constexpr std::array storages{
    GgmlStorage{0, ggml_float32, 1, 4}, GgmlStorage{1, ggml_float16, 1, 2},  // F32, F16
    GgmlStorage{2, 2, 32, 18},          GgmlStorage{3, 3, 32, 20},           // Q4_0, Q4_1
    GgmlStorage{7, 8, 32, 34},                                               // Q8_0
    GgmlStorage{8, 6, 32, 22},          GgmlStorage{9, 7, 32, 24},           // Q5_0, Q5_1
    GgmlStorage{10, 10, 256, 84},       GgmlStorage{11, 11, 256, 110},       // Q2_K, Q3_K
    GgmlStorage{12, 12, 256, 144},      GgmlStorage{13, 13, 256, 176},       // Q4_K, Q5_K
    GgmlStorage{14, 14, 256, 210}};                                          // Q6_K

}  // namespace

const GgmlStorage* storage_of(std::uint32_t file_type) {
  const auto* found = std::ranges::find(storages, file_type % 1000, &GgmlStorage::file_type);
  return found == storages.end() ? nullptr : found;
}

std::uint64_t bytes_of(const GgmlTensor& tensor) {
  const auto* storage = std::ranges::find(storages, tensor.type, &GgmlStorage::type);
  std::uint64_t count = 1;
  for (const std::uint32_t size : tensor.size) count *= size;
  return count / storage->length * storage->bytes;
}

}  // namespace reelwright::inference

#include "inference/onnx_tensor.h"

#include <fmt/format.h>

#include "core/error.h"

namespace reelwright::inference {

namespace {

constexpr std::size_t most_values = std::size_t{1} << 34;  // 64 GiB of floats

}  // namespace

std::size_t value_count(const Shape& shape) {
  std::size_t count = 1;
  for (const std::int64_t side : shape) {
    if (side < 0 || (side > 0 && count > most_values / static_cast<std::size_t>(side)))
      throw core::Error(core::ErrorCode::invalid_input,
                        fmt::format("A tensor cannot have the shape {}.", text_of(shape)));
    count *= static_cast<std::size_t>(side);
  }
  return count;
}

std::string text_of(const Shape& shape) {
  if (shape.empty()) return "scalar";
  std::string text;
  for (const std::int64_t side : shape) {
    if (!text.empty()) text += 'x';
    text += side < 0 ? "?" : fmt::format("{}", side);
  }
  return text;
}

}  // namespace reelwright::inference

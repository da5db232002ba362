#include "language/mean_pooling.h"

#include <span>

namespace reelwright::language {

Embeddings mean_pooled(const inference::Tensor& hidden, const inference::IntegerTensor& mask) {
  const auto side = [&](std::size_t axis) { return static_cast<std::size_t>(hidden.shape.at(axis)); };
  Embeddings pooled{.texts = side(0), .width = side(2)};
  pooled.values.resize(pooled.texts * pooled.width);
  const std::size_t tokens = side(1);
  std::vector<double> sum(pooled.width);
  for (std::size_t text = 0; text < pooled.texts; ++text) {
    sum.assign(pooled.width, 0);
    double counted = 0;
    for (std::size_t token = text * tokens; token < (text + 1) * tokens; ++token) {
      if (mask.values[token] == 0) continue;
      ++counted;
      const auto vector = std::span(hidden.values).subspan(token * pooled.width, pooled.width);
      for (std::size_t i = 0; i < pooled.width; ++i) sum[i] += vector[i];
    }
    for (std::size_t i = 0; i < pooled.width; ++i)
      pooled.values[text * pooled.width + i] = static_cast<float>(sum[i] / counted);
  }
  return pooled;
}

}  // namespace reelwright::language

#pragma once

#include <cstddef>
#include <vector>

#include "inference/onnx_tensor.h"
#include "language/text_embedder.h"

namespace reelwright::language {

/// For each text the mean of its tokens' vectors where `mask` is 1 (Reimers & Gurevych 2019). `hidden` is
/// texts x tokens x width, `mask` texts x tokens with at least one 1 a text.
Embeddings mean_pooled(const inference::Tensor& hidden, const inference::IntegerTensor& mask);

}  // namespace reelwright::language

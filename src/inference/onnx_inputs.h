#pragma once

#include <filesystem>
#include <vector>

#include "inference/onnx_tensor.h"

namespace reelwright::inference {

/// Throws `invalid_input`, naming `file` and both sides of the misfit, unless `floats` and `integers` are
/// together exactly the inputs that the model wants, each of the numbers it wants, of a shape that fits and
/// with as many values as its shape says.
void check_inputs(const std::vector<TensorFacts>& wanted, const Tensors& floats,
                  const IntegerTensors& integers, const std::filesystem::path& file);

/// Throws `invalid_input` where the model makes something other than floats.
void check_outputs(const std::vector<TensorFacts>& made, const std::filesystem::path& file);

}  // namespace reelwright::inference

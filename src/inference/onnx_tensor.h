#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace reelwright::inference {

/// The length of each side, the slowest first. In what a model tells of itself -1 is a side of any length.
using Shape = std::vector<std::int64_t>;

/// How many values a tensor of that shape has; 0 for one with a side of no length. Throws `invalid_input`
/// where a side is negative or the number of values is beyond any memory.
std::size_t value_count(const Shape& shape);

/// For the user, for example `1x3x640x640`; a side of any length is `?`, a single value `scalar`.
std::string text_of(const Shape& shape);

/// Numbers in rows: the last side changes quickest.
template <typename Number>
struct TensorOf {
  Shape shape;
  std::vector<Number> values;  ///< value_count(shape) of them
};

using Tensor = TensorOf<float>;
using IntegerTensor = TensorOf<std::int64_t>;  ///< what is looked up or masked

/// By the names of a model's inputs or outputs.
using Tensors = std::map<std::string, Tensor>;
using IntegerTensors = std::map<std::string, IntegerTensor>;

/// An input or output as the model tells of it.
struct TensorFacts {
  std::string name;
  std::string type;  ///< of its values: `float`, `int64`, ..., `other`
  Shape shape;
};

}  // namespace reelwright::inference

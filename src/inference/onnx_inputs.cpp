#include "inference/onnx_inputs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <ranges>

#include "core/error.h"
#include "core/text.h"

namespace reelwright::inference {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("The model {} does not fit its use here: {}. Choose another one.",
                                core::printable(file.string()), why));
}

std::string names_of(const std::vector<TensorFacts>& facts) {
  std::vector<std::string> names;
  names.reserve(facts.size());
  for (const TensorFacts& one : facts) names.push_back(core::printable(one.name, 100));
  return fmt::format("{}", fmt::join(names, ", "));
}

bool fits(const Shape& wanted, const Shape& given) {
  return std::ranges::equal(wanted, given, [](auto want, auto have) { return want < 0 || want == have; });
}

/// An input as it was given.
struct Given {
  const char* type;
  const Shape& shape;
  std::size_t values;
};

std::map<std::string, Given> all_given(const Tensors& floats, const IntegerTensors& integers) {
  std::map<std::string, Given> all;
  for (const auto& [name, tensor] : floats)
    all.emplace(name, Given{"float", tensor.shape, tensor.values.size()});
  for (const auto& [name, tensor] : integers)
    all.emplace(name, Given{"int64", tensor.shape, tensor.values.size()});
  return all;
}

void check_input(const TensorFacts& wanted, const Given& given, const std::filesystem::path& file) {
  const std::string name = core::printable(wanted.name, 100);
  if (wanted.type != given.type)
    refuse(file, fmt::format("its input {} is of {}, not of {}", name, wanted.type, given.type));
  if (!fits(wanted.shape, given.shape))
    refuse(file, fmt::format("its input {} has the shape {}, and it was given {}", name,
                             text_of(wanted.shape), text_of(given.shape)));
  if (value_count(given.shape) != given.values)
    throw core::Error(core::ErrorCode::internal, "A tensor has not as many values as its shape says.", name);
}

}  // namespace

void check_inputs(const std::vector<TensorFacts>& wanted, const Tensors& floats,
                  const IntegerTensors& integers, const std::filesystem::path& file) {
  const std::map<std::string, Given> given = all_given(floats, integers);
  for (const TensorFacts& facts : wanted)
    if (!given.contains(facts.name))
      refuse(file, fmt::format("nothing was given for its input {}", core::printable(facts.name, 100)));
  for (const std::string& name : given | std::views::keys)
    if (!std::ranges::contains(wanted, name, &TensorFacts::name))
      refuse(file, fmt::format("it has no input {}, only {}", core::printable(name, 100), names_of(wanted)));
  for (const TensorFacts& facts : wanted) check_input(facts, given.at(facts.name), file);
}

void check_outputs(const std::vector<TensorFacts>& made, const std::filesystem::path& file) {
  for (const TensorFacts& facts : made)
    if (facts.type != "float")
      refuse(file, fmt::format("its output {} is of {}, not of float", core::printable(facts.name, 100),
                               facts.type));
}

}  // namespace reelwright::inference

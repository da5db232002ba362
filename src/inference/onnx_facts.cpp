#include "inference/onnx_runtime.h"

namespace reelwright::inference {

namespace {

std::string type_name(ONNXTensorElementDataType type) {
  switch (type) {
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT:
      return "float";
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16:
      return "float16";
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE:
      return "double";
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64:
      return "int64";
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32:
      return "int32";
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8:
      return "uint8";
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL:
      return "bool";
    default:
      return "other";
  }
}

TensorFacts facts_of(std::string name, const Ort::TypeInfo& type) {
  // Sequences and maps have neither a type of values nor a shape.
  if (type.GetONNXType() != ONNX_TYPE_TENSOR) return {std::move(name), "other", {}};
  const auto tensor = type.GetTensorTypeAndShapeInfo();
  return {std::move(name), type_name(tensor.GetElementType()), tensor.GetShape()};
}

}  // namespace

std::vector<TensorFacts> input_facts(const Ort::Session& session) {
  const Ort::AllocatorWithDefaultOptions allocator;
  std::vector<TensorFacts> facts;
  facts.reserve(session.GetInputCount());
  for (std::size_t i = 0; i < session.GetInputCount(); ++i)
    facts.push_back(facts_of(session.GetInputNameAllocated(i, allocator).get(), session.GetInputTypeInfo(i)));
  return facts;
}

std::vector<TensorFacts> output_facts(const Ort::Session& session) {
  const Ort::AllocatorWithDefaultOptions allocator;
  std::vector<TensorFacts> facts;
  facts.reserve(session.GetOutputCount());
  for (std::size_t i = 0; i < session.GetOutputCount(); ++i)
    facts.push_back(
        facts_of(session.GetOutputNameAllocated(i, allocator).get(), session.GetOutputTypeInfo(i)));
  return facts;
}

std::map<std::string, std::string> metadata_of(const Ort::Session& session) {
  Ort::AllocatorWithDefaultOptions allocator;
  const Ort::ModelMetadata all = session.GetModelMetadata();
  std::map<std::string, std::string> metadata;
  for (const auto& key : all.GetCustomMetadataMapKeysAllocated(allocator))
    metadata[key.get()] = all.LookupCustomMetadataMapAllocated(key.get(), allocator).get();
  return metadata;
}

}  // namespace reelwright::inference

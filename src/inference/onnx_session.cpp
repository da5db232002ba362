#include "inference/onnx_session.h"

#include "inference/onnx_inputs.h"
#include "inference/onnx_runtime.h"

namespace reelwright::inference {

namespace {

/// A tensor over the caller's values, which must outlive the run. ONNX Runtime's type has no place for
/// constant values, but does not change them.
template <typename Number>
Ort::Value wrapped(const TensorOf<Number>& tensor) {
  static const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
  return Ort::Value::CreateTensor<Number>(memory, const_cast<Number*>(tensor.values.data()),
                                          tensor.values.size(), tensor.shape.data(), tensor.shape.size());
}

/// In the model's order.
std::vector<Ort::Value> wrapped(const std::vector<TensorFacts>& wanted, const Tensors& floats,
                                const IntegerTensors& integers) {
  std::vector<Ort::Value> values;
  values.reserve(wanted.size());
  for (const TensorFacts& facts : wanted)
    values.push_back(facts.type == "int64" ? wrapped(integers.at(facts.name))
                                           : wrapped(floats.at(facts.name)));
  return values;
}

Tensor copied(const Ort::Value& value) {
  const auto facts = value.GetTensorTypeAndShapeInfo();
  const float* const values = value.GetTensorData<float>();
  return {facts.GetShape(), {values, values + facts.GetElementCount()}};
}

std::vector<const char*> pointers(const std::vector<TensorFacts>& facts) {
  std::vector<const char*> names;
  names.reserve(facts.size());
  for (const TensorFacts& one : facts) names.push_back(one.name.c_str());
  return names;
}

}  // namespace

struct OnnxSession::State {
  State(std::filesystem::path f, const OnnxOptions& o) : file(std::move(f)), options(o) {
    const Ort::SessionOptions how = session_options(options);
    try {
      session = make_session(file, how);
      inputs = input_facts(session);
      outputs = output_facts(session);
      metadata = metadata_of(session);
    } catch (const Ort::Exception& error) {
      throw opening_error(error, file);
    }
  }

  std::vector<Ort::Value> compute(const std::vector<Ort::Value>& values, const Ort::RunOptions& how) {
    const std::vector<const char*> in = pointers(inputs);
    const std::vector<const char*> out = pointers(outputs);
    return session.Run(how, in.data(), values.data(), values.size(), out.data(), out.size());
  }

  std::filesystem::path file;
  OnnxOptions options;
  Ort::Session session{nullptr};
  std::vector<TensorFacts> inputs;
  std::vector<TensorFacts> outputs;
  std::map<std::string, std::string> metadata;
};

OnnxSession::OnnxSession(std::filesystem::path file, const OnnxOptions& options)
    : state_(std::make_unique<State>(std::move(file), options)) {}
OnnxSession::~OnnxSession() = default;

const std::filesystem::path& OnnxSession::file() const { return state_->file; }
const std::string& OnnxSession::provider() const { return state_->options.provider; }
const std::vector<TensorFacts>& OnnxSession::inputs() const { return state_->inputs; }
const std::vector<TensorFacts>& OnnxSession::outputs() const { return state_->outputs; }
const std::map<std::string, std::string>& OnnxSession::metadata() const { return state_->metadata; }

Tensors OnnxSession::run(const Tensors& inputs, const std::stop_token& stop) const {
  return run(inputs, {}, stop);
}

Tensors OnnxSession::run(const Tensors& inputs, const IntegerTensors& integers,
                         const std::stop_token& stop) const {
  check_inputs(state_->inputs, inputs, integers, state_->file);
  check_outputs(state_->outputs, state_->file);
  Ort::RunOptions how;
  const std::stop_callback on_stop(stop, [&how] { how.SetTerminate(); });
  try {
    const std::vector<Ort::Value> made = state_->compute(wrapped(state_->inputs, inputs, integers), how);
    Tensors outputs;
    for (std::size_t i = 0; i < made.size(); ++i) outputs[state_->outputs[i].name] = copied(made[i]);
    return outputs;
  } catch (const Ort::Exception& error) {
    if (stop.stop_requested()) throw core::Error(core::ErrorCode::cancelled, "Stopped.", error.what());
    throw running_error(error, state_->file);
  }
}

}  // namespace reelwright::inference

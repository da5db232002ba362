#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/onnx_tensor.h"

namespace reelwright::inference {

/// How a model is to be run.
struct OnnxOptions {
  std::string provider = "cpu";  ///< what computes it: see `execution_providers`
  unsigned threads = 1;          ///< at least 1; of the session, whoever runs it
};

/// A model that is ready to run. Nothing of it goes over a network, and nothing is told to anybody.
///
///     const auto model = open_onnx("model.onnx", {.threads = 4});
///     const Tensors out = model->run({{model->inputs()[0].name, picture}}, stop);
class OnnxSession {
 public:
  /// Use `open_onnx`, which opens each file once. Throws the same.
  OnnxSession(std::filesystem::path file, const OnnxOptions& options);
  ~OnnxSession();
  OnnxSession(const OnnxSession&) = delete;
  OnnxSession& operator=(const OnnxSession&) = delete;

  const std::filesystem::path& file() const;
  const std::string& provider() const;
  const std::vector<TensorFacts>& inputs() const;
  const std::vector<TensorFacts>& outputs() const;
  /// What the exporter wrote into the file: any keys, any text.
  const std::map<std::string, std::string>& metadata() const;

  /// Computes all outputs, each of floats. `inputs` and `integers` must together be exactly the model's own,
  /// with shapes that fit. A `stop` ends it between two operators. Thread-safe. Throws `invalid_input` where
  /// an input is missing, strange, of another shape or of other numbers, or where the model fails on it,
  /// `cancelled`, and `unavailable` where memory is short.
  Tensors run(const Tensors& inputs, const std::stop_token& stop = {}) const;
  Tensors run(const Tensors& inputs, const IntegerTensors& integers, const std::stop_token& stop = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The session of that file, provider and version of the file; made where nobody holds one, and then with
/// `options.threads`. Thread-safe. Throws `not_found`, `forbidden`; `invalid_input` where the file is no
/// model, only a part of one, or newer than the library; `unavailable` for a provider that is not installed.
std::shared_ptr<const OnnxSession> open_onnx(const std::filesystem::path& file,
                                             const OnnxOptions& options = {});

/// The providers that the installed library has, by the names that `OnnxOptions` knows: `cpu` always, `dnnl`
/// or `xnnpack` where it was built with them.
std::vector<std::string> execution_providers();

/// The version of the library, for example `1.23.2`.
std::string onnx_runtime_version();

}  // namespace reelwright::inference

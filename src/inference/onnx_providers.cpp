#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "inference/onnx_runtime.h"

extern "C" {
#include <dnnl_provider_options.h>
}

namespace reelwright::inference {

namespace {

struct Provider {
  std::string_view name;        ///< as settings have it
  std::string_view of_library;  ///< as ONNX Runtime calls it
  void (*append)(Ort::SessionOptions&, unsigned threads);
};

void append_none(Ort::SessionOptions&, unsigned) {}  // the CPU's own is always the last resort

void append_dnnl(Ort::SessionOptions& options, unsigned) {
  options.AppendExecutionProvider_Dnnl(OrtDnnlProviderOptions{.use_arena = 1, .threadpool_args = nullptr});
}

void append_xnnpack(Ort::SessionOptions& options, unsigned threads) {
  options.AppendExecutionProvider("XNNPACK", {{"intra_op_num_threads", std::to_string(threads)}});
}

constexpr std::array<Provider, 3> known{{{"cpu", "CPUExecutionProvider", append_none},
                                         {"dnnl", "DnnlExecutionProvider", append_dnnl},
                                         {"xnnpack", "XnnpackExecutionProvider", append_xnnpack}}};

const Provider& find_provider(const std::string& name) {
  const std::vector<std::string> there = execution_providers();
  if (std::ranges::contains(there, name)) return *std::ranges::find(known, name, &Provider::name);
  throw core::Error(core::ErrorCode::unavailable,
                    fmt::format("ONNX Runtime has no execution provider '{}' here; use one of: {}.", name,
                                fmt::join(there, ", ")));
}

}  // namespace

std::vector<std::string> execution_providers() {
  const std::vector<std::string> of_library = Ort::GetAvailableProviders();
  std::vector<std::string> names;
  for (const Provider& provider : known)
    if (std::ranges::contains(of_library, provider.of_library)) names.emplace_back(provider.name);
  return names;
}

Ort::SessionOptions session_options(const OnnxOptions& options) {
  const Provider& provider = find_provider(options.provider);
  Ort::SessionOptions made;
  const unsigned threads = std::max(1U, options.threads);
  made.SetIntraOpNumThreads(static_cast<int>(threads));
  made.SetInterOpNumThreads(1);
  // Threads that wait by spinning would take the cores from the decoder and the encoder.
  made.AddConfigEntry("session.intra_op.allow_spinning", "0");
  try {
    provider.append(made, threads);
  } catch (const Ort::Exception& error) {
    throw core::Error(
        core::ErrorCode::unavailable,
        fmt::format("ONNX Runtime's execution provider '{}' does not start here; use cpu.", options.provider),
        error.what());
  }
  return made;
}

}  // namespace reelwright::inference

#include "language/llama_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/memory.h"
#include "core/text.h"
#include "language/llama_library.h"

namespace reelwright::language {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::uint64_t mebibyte = 1 << 20;

std::string shown(const std::filesystem::path& file) { return core::printable(file.string()); }

/// Mapped pages can be had again from the file, but a model that does not fit is read anew for every word.
void need_memory(const std::filesystem::path& file) {
  const std::uint64_t size = std::filesystem::file_size(file);
  const std::uint64_t free = core::available_memory();
  if (size <= free) return;
  throw Error(ErrorCode::unavailable,
              fmt::format("{} needs {} MiB of memory, and {} are free; take a smaller model.", shown(file),
                          size / mebibyte, free / mebibyte));
}

bool go_on(float fraction, void* context) {
  const auto& told = *static_cast<const core::Context*>(context);
  told.report(fraction);
  return !told.stop.stop_requested();
}

llama_model* load(const std::filesystem::path& file, const core::Context& context) {
  static std::array<ggml_backend_dev_t, 1> no_devices{nullptr};  // beside the CPU
  llama_model_params parameters = ::llama_model_default_params();
  parameters.devices = no_devices.data();
  parameters.n_gpu_layers = 0;
  parameters.progress_callback = go_on;
  parameters.progress_callback_user_data = const_cast<core::Context*>(&context);
  return ::llama_model_load_from_file(file.c_str(), parameters);
}

}  // namespace

inference::GgufHeader require_gguf(const std::filesystem::path& file, std::string_view setting) {
  inference::GgufLook look = inference::look_at_gguf(file);
  if (look.header) return std::move(*look.header);
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} {} is {}; fetch it again (reelwright models pull), or name another model in "
                          "GGUF format.",
                          setting, shown(file), look.problem));
}

LlamaFile::LlamaFile(const std::filesystem::path& file, std::string_view setting,
                     const core::Context& context) {
  require_gguf(file, setting);
  need_memory(file);
  prepare_llama();
  last_llama_complaint();
  model_.reset(load(file, context));
  context.check();
  if (model_) return;
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} {} cannot be loaded by llama.cpp {} ({}); name another model.", setting,
                          shown(file), llama_version_text(), last_llama_complaint()));
}

std::string LlamaFile::chat_template() const {
  const char* text = ::llama_model_chat_template(model_.get(), nullptr);
  return text ? text : "";
}

std::size_t LlamaFile::longest_context() const {
  return static_cast<std::size_t>(std::max(0, ::llama_model_n_ctx_train(model_.get())));
}

std::string llama_version_text() { return ::llama_version(); }

}  // namespace reelwright::language

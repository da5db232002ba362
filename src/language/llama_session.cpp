#include "language/llama_session.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"
#include "core/memory.h"

namespace reelwright::language {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t batch = 512;  // tokens that are read at a time
constexpr std::uint64_t mebibyte = 1 << 20;

bool is_stopped(void* stop) { return static_cast<const std::stop_token*>(stop)->stop_requested(); }

/// About how much the keys and values of so many tokens take, in bytes.
std::uint64_t cache_bytes(const llama_model* model, std::size_t tokens) {
  const auto count = [](std::int32_t number) { return static_cast<std::uint64_t>(std::max(1, number)); };
  const std::uint64_t width = count(::llama_model_n_embd(model)) * count(::llama_model_n_head_kv(model)) /
                              count(::llama_model_n_head(model));
  return 2 * sizeof(std::uint16_t) * width * count(::llama_model_n_layer(model)) * tokens;
}

[[noreturn]] void out_of_memory(std::uint64_t needed) {
  throw Error(ErrorCode::unavailable,
              fmt::format("The language model's context needs {} MiB of memory, and {} are free; set "
                          "LANGUAGE_CONTEXT lower or take a smaller model.",
                          needed / mebibyte, core::available_memory() / mebibyte));
}

}  // namespace

LlamaSession::LlamaSession(const LlamaFile& file, std::size_t tokens, const core::Context& context)
    : file_(file) {
  const std::uint64_t needed = cache_bytes(file.model(), tokens);
  if (needed > core::available_memory()) out_of_memory(needed);
  llama_context_params parameters = ::llama_context_default_params();
  parameters.n_ctx = static_cast<std::uint32_t>(tokens);
  parameters.n_batch = batch;
  parameters.n_ubatch = batch;
  parameters.n_threads = static_cast<std::int32_t>(context.threads);
  parameters.n_threads_batch = parameters.n_threads;
  parameters.abort_callback = is_stopped;
  parameters.abort_callback_data = &stop_;
  parameters.no_perf = true;
  context_.reset(::llama_init_from_model(file.model(), parameters));
  if (!context_) out_of_memory(needed);
}

void LlamaSession::read(std::span<const llama_token> tokens, const core::Context& context) {
  stop_ = context.stop;
  std::vector<llama_token> part;
  for (std::size_t at = 0; at < tokens.size(); at += part.size()) {
    context.check();
    const auto left = tokens.subspan(at, std::min(batch, tokens.size() - at));
    part.assign(left.begin(), left.end());
    const auto count = static_cast<std::int32_t>(part.size());
    const int failed = ::llama_decode(context_.get(), ::llama_batch_get_one(part.data(), count));
    context.check();
    if (failed != 0)
      throw Error(ErrorCode::internal, fmt::format("llama.cpp fails at reading ({}).", failed));
    context.report(static_cast<double>(at + part.size()) / static_cast<double>(tokens.size()));
  }
}

std::span<const float> LlamaSession::next() const {
  const float* logits = ::llama_get_logits_ith(context_.get(), -1);
  if (!logits) throw Error(ErrorCode::internal, "llama.cpp has not read anything.");
  return {logits, static_cast<std::size_t>(::llama_vocab_n_tokens(file_.vocabulary()))};
}

}  // namespace reelwright::language

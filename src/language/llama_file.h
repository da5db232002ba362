#pragma once

#include <llama.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/context.h"
#include "inference/gguf_header.h"

/// GGUF models in llama.cpp, for whatever is to be done with them. Messages name `setting`, by which the user
/// named the file.
namespace reelwright::language {

/// The header of a GGUF model. Throws `invalid_input` where `file` is none, else what
/// `inference::look_at_gguf` throws. Reads no weights.
inference::GgufHeader require_gguf(const std::filesystem::path& file, std::string_view setting);

/// The weights of a model, on the CPU. Immutable; several sessions share one.
class LlamaFile {
 public:
  /// Maps `file` into memory after a look at all that llama.cpp is known to end the process over. Throws as
  /// `require_gguf`; `invalid_input` with llama.cpp's own words where it does not take the file,
  /// `unavailable` where memory is short, `cancelled` within a second.
  LlamaFile(const std::filesystem::path& file, std::string_view setting, const core::Context& context);

  llama_model* model() const { return model_.get(); }
  const llama_vocab* vocabulary() const { return ::llama_model_get_vocab(model_.get()); }

  /// How turns of a talk are marked, in Jinja; empty where the model does not say.
  std::string chat_template() const;

  /// The longest text that the model was made for, in tokens.
  std::size_t longest_context() const;

 private:
  struct Free {
    void operator()(llama_model* model) const { ::llama_model_free(model); }
  };
  std::unique_ptr<llama_model, Free> model_;
};

/// The version of the library, for example `0.7.0`.
std::string llama_version_text();

}  // namespace reelwright::language

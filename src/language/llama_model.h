#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "language/language_model.h"

namespace reelwright::language {

class LlamaFile;

/// A model in GGUF format on this machine, by llama.cpp. It writes the likeliest answer of those that the
/// schema's grammar lets through, so none is of another form, and the same question has the same answer.
class LlamaModel final : public LanguageModel {
 public:
  struct Options {
    std::filesystem::path file;          ///< in GGUF format
    std::size_t longest_context = 8192;  ///< question and answer, in tokens; the model's own at most
    std::size_t longest_answer = 8000;   ///< in tokens
  };

  /// Looks at the model's header and reads it through for its digest, without loading it. Throws `not_found`,
  /// `forbidden`; `invalid_input` (naming LANGUAGE_MODEL_NAME) where it is no model that writes.
  explicit LlamaModel(Options options);
  ~LlamaModel() override;

  std::string name() const override { return name_; }

  /// Loads what the first question would load. Throws as `LlamaFile` does.
  void load(const core::Context& context);

  /// What it takes beside the weights grows with question and answer. Throws `too_large` where those are
  /// longer than allowed, `unavailable` where memory is short, and what `load` throws.
  std::string ask(const Prompt& prompt, const core::Context& context) override;

 private:
  std::string answer(const Prompt& prompt, const core::Context& context);
  std::size_t room_for_answer(std::size_t question) const;
  [[noreturn]] void throw_cut_off(std::size_t room) const;

  const Options options_;
  std::string name_;
  std::unique_ptr<const LlamaFile> file_;  // null until it is needed
};

}  // namespace reelwright::language

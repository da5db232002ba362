#pragma once

#include "language/chat.h"
#include "language/model_options.h"
#include "net/call_facts.h"

namespace reelwright::language {

/// A model behind `POST /chat/completions` of OpenAI or of any server that speaks like it (vLLM, llama.cpp,
/// Ollama, LocalAI). What a server does not know (JSON schemas, the newer name of the limit, a temperature)
/// is found out by its refusals, and not asked for again; whatever it gives is held to the schema here.
class OpenAiModel final : public LanguageModel {
 public:
  /// `transport` outlives it.
  OpenAiModel(ModelOptions options, net::Transport& transport)
      : options_(std::move(options)), transport_(transport) {}

  std::string name() const override;
  std::string ask(const Prompt& prompt, const core::Context& context) override;

 private:
  std::vector<ChatMessage> messages(const Prompt& prompt) const;
  std::string answer(const Prompt& prompt, const std::vector<ChatMessage>& more, const std::stop_token& stop);
  bool adapt(const net::VendorError& error);
  std::string text_of(const net::ApiAnswer& answer) const;
  [[noreturn]] void refuse(const net::ApiAnswer& answer, const net::VendorError& error) const;

  const ModelOptions options_;
  net::Transport& transport_;
  ChatDialect dialect_;
};

}  // namespace reelwright::language

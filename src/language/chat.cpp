#include "language/chat.h"

#include "core/json.h"

namespace reelwright::language {

// As it stands on the wire. Named, not in an unnamed namespace: glaze reflects it.
struct ChatSchemaJson {
  std::string name = "answer";
  bool strict = true;
  glz::raw_json schema;
};

struct ChatFormatJson {
  std::string type;
  std::optional<ChatSchemaJson> json_schema{};
};

struct ChatBodyJson {
  std::string model;
  std::vector<ChatMessage> messages;
  std::optional<int> max_completion_tokens, max_tokens, temperature;
  std::optional<ChatFormatJson> response_format;
};

struct ChatChoiceMessageJson {
  std::optional<std::string> content, refusal;
};

struct ChatChoiceJson {
  std::optional<ChatChoiceMessageJson> message;
  std::optional<std::string> finish_reason;
};

struct ChatAnswerJson {
  std::optional<std::vector<ChatChoiceJson>> choices;
};

std::string to_json(const ChatRequest& request, const ChatDialect& dialect) {
  ChatBodyJson body{.model = request.model,
                    .messages = request.messages,
                    .max_completion_tokens = {},
                    .max_tokens = {},
                    .temperature = {},
                    .response_format = {}};
  (dialect.old_limit ? body.max_tokens : body.max_completion_tokens) = request.most_tokens;
  if (dialect.temperature) body.temperature = 0;
  if (dialect.format == AnswerFormat::json_schema)
    body.response_format = {"json_schema", ChatSchemaJson{.schema = glz::raw_json{request.schema}}};
  if (dialect.format == AnswerFormat::json_object) body.response_format = {"json_object"};
  return core::to_json(body, "a question to a language model");
}

std::optional<ChatAnswer> read_chat_answer(std::string_view body) {
  ChatAnswerJson json;
  if (glz::read<glz::opts{.error_on_unknown_keys = false}>(json, body)) return {};
  if (!json.choices || json.choices->empty()) return {};
  const ChatChoiceJson& choice = json.choices->front();
  const auto& message = choice.message;
  if (!message) return {};
  return ChatAnswer{.content = message->content.value_or(""),
                    .refusal = message->refusal.value_or(""),
                    .finish_reason = choice.finish_reason.value_or("")};
}

}  // namespace reelwright::language

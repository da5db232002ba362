#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The wire of `POST /chat/completions`, as OpenAI and those who do as it does speak it.
namespace reelwright::language {

struct ChatMessage {
  std::string role;  ///< `system`, `user` or `assistant`
  std::string content;
};

/// How a server is asked for JSON, from what is kept most strictly to what every server knows.
enum class AnswerFormat { json_schema, json_object, text };

/// What servers differ in. Found out by their refusals.
struct ChatDialect {
  AnswerFormat format = AnswerFormat::json_schema;
  bool old_limit = false;   ///< `max_tokens` instead of `max_completion_tokens`
  bool temperature = true;  ///< may be given
};

struct ChatRequest {
  std::string model;
  std::vector<ChatMessage> messages;
  int most_tokens = 0;
  std::string schema;  ///< JSON
};
std::string to_json(const ChatRequest& request, const ChatDialect& dialect);

/// `choices[0]`; what is not told is empty.
struct ChatAnswer {
  std::string content, refusal, finish_reason;
};

/// Nothing where the body is no chat completion.
std::optional<ChatAnswer> read_chat_answer(std::string_view body);

}  // namespace reelwright::language

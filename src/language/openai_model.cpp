#include "language/openai_model.h"

#include <fmt/format.h>

#include "core/error.h"
#include "core/text.h"
#include "language/json_in_text.h"
#include "net/refusal.h"

namespace reelwright::language {

namespace {

using core::Error;
using core::ErrorCode;

constexpr const char* path = "/chat/completions";
constexpr std::size_t longest_quote = 4000;  // bytes of a broken answer that it is shown again

bool is_too_long(const net::VendorError& error) {
  return error.mentions("context_length") || error.mentions("context length") ||
         error.mentions("context size");
}

/// What is wrong with an answer; empty where nothing is.
std::string fault_of(std::string_view json, const Schema& schema) {
  return json.empty() ? "there is no JSON object in it" : misfit(json, schema);
}

}  // namespace

std::string OpenAiModel::name() const { return fmt::format("{} at {}", options_.model, options_.base_url); }

std::vector<ChatMessage> OpenAiModel::messages(const Prompt& prompt) const {
  std::string task = prompt.task;
  if (dialect_.format != AnswerFormat::json_schema) task += schema_request(prompt.schema);
  return {{"system", std::move(task)}, {"user", prompt.data}};
}

/// Whether to put the question otherwise, because of what the server does not know. Each way is tried once.
bool OpenAiModel::adapt(const net::VendorError& error) {
  if (!dialect_.old_limit && error.mentions("max_completion_tokens")) return dialect_.old_limit = true;
  if (dialect_.temperature && error.mentions("temperature")) {
    dialect_.temperature = false;
    return true;
  }
  if (dialect_.format == AnswerFormat::text) return false;
  dialect_.format =
      dialect_.format == AnswerFormat::json_schema ? AnswerFormat::json_object : AnswerFormat::text;
  return true;
}

void OpenAiModel::refuse(const net::ApiAnswer& answer, const net::VendorError& error) const {
  if (answer.status == 413 || is_too_long(error))
    throw Error(ErrorCode::too_large,
                fmt::format("The question is too long for {} ({}); set LANGUAGE_MODEL_NAME to one with a "
                            "longer context.",
                            options_.model, error.message),
                fmt::format("status {}, x-request-id {}", answer.status, answer.request_id));
  throw net::refusal(answer, error, {language_endpoint, options_.base_url, options_.model, path});
}

std::string OpenAiModel::text_of(const net::ApiAnswer& answer) const {
  const std::string details = "x-request-id " + answer.request_id;
  const auto chat = read_chat_answer(answer.body);
  if (!chat)
    throw Error(
        ErrorCode::unavailable,
        fmt::format("What {} answers is no chat completion; is LANGUAGE_BASE_URL right?", options_.base_url),
        details + " " + core::printable(answer.body, 300));
  if (!chat->refusal.empty())
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} refuses to answer ({}); set LANGUAGE_MODEL_NAME to another model.",
                            options_.model, core::printable(chat->refusal, 300)),
                details);
  if (chat->finish_reason == "content_filter")
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("{} withheld the answer of {} (content filter); set LANGUAGE_MODEL_NAME to another "
                    "model.",
                    options_.base_url, options_.model),
        details);
  if (chat->finish_reason == "length")
    throw Error(ErrorCode::too_large,
                fmt::format("The answer of {} was cut off at {} tokens; set LANGUAGE_MAX_TOKENS higher.",
                            options_.model, options_.most_tokens),
                details);
  return chat->content;
}

/// What the model wrote, put to the server in a way that it understands.
std::string OpenAiModel::answer(const Prompt& prompt, const std::vector<ChatMessage>& more,
                                const std::stop_token& stop) {
  for (;;) {
    ChatRequest request{.model = options_.model,
                        .messages = messages(prompt),
                        .most_tokens = options_.most_tokens,
                        .schema = to_json(prompt.schema)};
    request.messages.insert(request.messages.end(), more.begin(), more.end());
    const net::ApiAnswer answer = transport_.post(
        {.role = language_role, .path = path, .body = to_json(request, dialect_), .stage = prompt.stage},
        stop);
    if (answer.good()) return text_of(answer);
    const net::VendorError error = net::vendor_error(answer.body);
    const bool of_dialect = (answer.status == 400 || answer.status == 422) && !is_too_long(error) &&
                            !net::is_no_model(answer, error);
    if (!of_dialect || !adapt(error)) refuse(answer, error);
  }
}

std::string OpenAiModel::ask(const Prompt& prompt, const core::Context& context) {
  const std::stop_token& stop = context.stop;
  std::string text = answer(prompt, {}, stop);
  std::string fault = fault_of(json_in_text(text), prompt.schema);
  if (!fault.empty()) {
    const std::vector<ChatMessage> repair{
        {"assistant", core::printable(text, longest_quote)},
        {"user", fmt::format("That is not what was asked for: {}. Answer again, with the JSON object alone.",
                             fault)}};
    text = answer(prompt, repair, stop);
    fault = fault_of(json_in_text(text), prompt.schema);
  }
  if (!fault.empty())
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} does not answer in the form that it is asked for, twice: {}. Set "
                            "LANGUAGE_MODEL_NAME to another model.",
                            options_.model, fault),
                core::printable(text, 300));
  return std::string(json_in_text(text));
}

}  // namespace reelwright::language

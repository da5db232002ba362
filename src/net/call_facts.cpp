#include "net/call_facts.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "core/wav.h"

namespace reelwright::net {

// Named like all else of this room: what glaze reads needs linkage.
/// All that a call may ask for: what is not named here may have a price of its own.
struct CallBodyJson {
  std::string model;
  std::optional<std::int64_t> max_completion_tokens, max_tokens;
  glz::raw_json messages, temperature, response_format;
};

struct EmbeddingsBodyJson {
  std::string model;
  std::vector<std::string> input;
  std::string encoding_format;
};

struct TranscriptionBodyJson {
  std::string model, response_format;
  std::optional<std::string> language, prompt;
  std::vector<std::string> timestamp_granularities;
};

struct UsageJson {
  std::optional<std::int64_t> prompt_tokens, completion_tokens;
};

struct AnswerUsageJson {
  std::optional<UsageJson> usage;
};

namespace {

constexpr std::int64_t most_tokens = 1'000'000'000;
constexpr std::int64_t tokens_around = 100;  // of a chat's template
constexpr std::size_t longest_text = 300;
constexpr glz::opts lenient{.error_on_unknown_keys = false};

[[noreturn]] void refuse(std::string_view why) {
  throw core::Error(core::ErrorCode::invalid_input, fmt::format("A call of a paid service {}.", why));
}

/// Members may be missing, others may not be there.
template <typename Body>
Body read_body(const ApiRequest& request) {
  Body json;
  if (glz::read<glz::opts{.error_on_unknown_keys = true}>(json, request.body))
    refuse("is no question, or asks for more than an answer");
  if (json.model.empty()) refuse("names no model");
  return json;
}

std::int64_t most_tokens_of(const ApiRequest& request) {
  return static_cast<std::int64_t>(request.body.size()) + tokens_around;
}

CallFacts facts_of_chat(const ApiRequest& request) {
  const auto json = read_body<CallBodyJson>(request);
  const std::int64_t out = std::max(json.max_completion_tokens.value_or(0), json.max_tokens.value_or(0));
  if (out <= 0 || out > most_tokens) refuse("names no limit of tokens");
  return {json.model, most_tokens_of(request), out};
}

CallFacts facts_of_transcription(const ApiRequest& request) {
  const auto json = read_body<TranscriptionBodyJson>(request);
  const auto seconds = core::wav_seconds(request.sound);
  if (!seconds) refuse("sends what is no sound");
  return {.model = json.model, .seconds = *seconds};
}

std::string text_of(const glz::generic& json, const char* name) {
  if (!json.is_object() || !json.contains(name)) return {};
  const glz::generic& value = json[name];
  if (value.is_string()) return core::printable(value.get<std::string>(), longest_text);
  if (value.is_number()) return fmt::format("{:g}", value.get<double>());
  return {};
}

}  // namespace

CallFacts call_facts(const ApiRequest& request) {
  const bool takes_sound = request.path == "/audio/transcriptions";
  if (!takes_sound && !request.sound.empty()) refuse("sends sound to where it is not taken");
  if (takes_sound) return facts_of_transcription(request);
  if (request.path == "/chat/completions") return facts_of_chat(request);
  if (request.path == "/embeddings")
    return {.model = read_body<EmbeddingsBodyJson>(request).model, .most_tokens_in = most_tokens_of(request)};
  refuse("is of no known kind");
}

Charge charge_of(std::string_view answer, const CallFacts& facts, const Price* price) {
  AnswerUsageJson json;
  if (glz::read<lenient>(json, answer)) json.usage.reset();
  const UsageJson usage = json.usage.value_or(UsageJson{});
  const auto sound = [](std::optional<std::int64_t> told, std::int64_t most) {
    return std::clamp<std::int64_t>(told.value_or(most), 0, most_tokens);
  };
  Charge charge{.provider = {}, .model = facts.model, .stage = {}, .seconds = facts.seconds};
  charge.tokens_in = sound(usage.prompt_tokens, facts.most_tokens_in);
  charge.tokens_out = sound(usage.completion_tokens, facts.most_tokens_out);
  if (price) charge.dollars = price->of(charge.tokens_in, charge.tokens_out, charge.seconds);
  return charge;
}

bool VendorError::mentions(std::string_view words) const {
  return std::ranges::any_of(std::initializer_list<const std::string*>{&message, &type, &param, &code},
                             [&](const std::string* text) { return text->contains(words); });
}

VendorError vendor_error(std::string_view body) {
  glz::generic json;
  if (glz::read_json(json, body) || !json.is_object())
    return {.message = core::printable(body, longest_text)};
  if (json.contains("error") && json["error"].is_string()) return {.message = text_of(json, "error")};
  const glz::generic& error = json.contains("error") ? json["error"] : json;
  VendorError told{.message = text_of(error, "message"),
                   .type = text_of(error, "type"),
                   .param = text_of(error, "param"),
                   .code = text_of(error, "code")};
  if (told.message.empty()) told.message = core::printable(body, longest_text);
  return told;
}

}  // namespace reelwright::net

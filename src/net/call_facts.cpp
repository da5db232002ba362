#include "net/call_facts.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"

namespace reelwright::net {

// Named like all else of this room: what glaze reads needs linkage.
/// All that a call may ask for: what is not named here may have a price of its own.
struct CallBodyJson {
  std::string model;
  std::optional<std::int64_t> max_completion_tokens, max_tokens;
  glz::raw_json messages, temperature, response_format;
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

std::string text_of(const glz::generic& json, const char* name) {
  if (!json.is_object() || !json.contains(name)) return {};
  const glz::generic& value = json[name];
  if (value.is_string()) return core::printable(value.get<std::string>(), longest_text);
  if (value.is_number()) return fmt::format("{:g}", value.get<double>());
  return {};
}

}  // namespace

CallFacts call_facts(std::string_view body) {
  CallBodyJson json;
  if (glz::read<glz::opts{.error_on_unknown_keys = true}>(json, body))
    refuse("is no question, or asks for more than an answer");
  const std::int64_t out = std::max(json.max_completion_tokens.value_or(0), json.max_tokens.value_or(0));
  if (json.model.empty() || out <= 0 || out > most_tokens) refuse("names no model or no limit of tokens");
  return {json.model, static_cast<std::int64_t>(body.size()) + tokens_around, out};
}

Charge charge_of(std::string_view answer, const CallFacts& facts, const Price* price) {
  AnswerUsageJson json;
  if (glz::read<lenient>(json, answer)) json.usage.reset();
  const UsageJson usage = json.usage.value_or(UsageJson{});
  const auto sound = [](std::optional<std::int64_t> told, std::int64_t most) {
    return std::clamp<std::int64_t>(told.value_or(most), 0, most_tokens);
  };
  Charge charge{.provider = {}, .model = facts.model, .stage = {}};
  charge.tokens_in = sound(usage.prompt_tokens, facts.most_tokens_in);
  charge.tokens_out = sound(usage.completion_tokens, facts.most_tokens_out);
  if (price) charge.dollars = price->of(charge.tokens_in, charge.tokens_out);
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

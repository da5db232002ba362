#include "clips/request_fields.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/error.h"
#include "core/json.h"

namespace reelwright::clips {

namespace {

constexpr std::array fields{
    RequestField{.name = "num_clips_requested", .setting = "NUM_CLIPS", .alias = "num_clips"},
    RequestField{.name = "aspect_ratio", .setting = "ASPECT_RATIO"},
    RequestField{.name = "min_duration", .setting = "MIN_DURATION"},
    RequestField{.name = "max_duration", .setting = "MAX_DURATION"},
    RequestField{.name = "language", .setting = "SPEECH_LANGUAGE"},
    RequestField{.name = "caption_style", .setting = "CAPTION_STYLE"},
};

[[noreturn]] void refuse(std::string_view name, std::string_view must) {
  throw core::Error(core::ErrorCode::invalid_input, fmt::format("{} must be {}.", name, must));
}

template <typename Number>
std::optional<Number> number(std::string_view name, const std::string& text, std::string_view must) {
  Number value{};
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (error != std::errc{} || end != last) refuse(name, must);
  return value;
}

std::optional<bool> truth(std::string_view name, const std::string& text) {
  if (text != "true" && text != "false") refuse(name, "true or false");
  return text == "true";
}

/// A list is read as the request's only member, so that errors tell where in it they are.
void set_list(Request& request, std::string_view name, const std::string& text) {
  // What closes the list early could say more than the list.
  if (!text.starts_with('[') || glz::validate_json(text)) refuse(name, "a list in JSON");
  Request read = read_request(fmt::format(R"({{"{}":{}}})", name, text));
  if (name == "spans") {
    request.spans = std::move(read.spans);
  } else {
    request.edits = std::move(read.edits);
  }
}

}  // namespace

std::span<const RequestField> request_fields() { return fields; }

bool set_field(Request& request, std::string_view name, const std::string& text) {
  const bool is_list = name == "spans" || name == "edits";
  const auto field = std::ranges::find_if(fields, [&](const RequestField& candidate) {
    return candidate.name == name || (!candidate.alias.empty() && candidate.alias == name);
  });
  if (field == fields.end() && !is_list && name != "keep_chosen") return false;
  if (text.empty()) return true;
  if (is_list) {
    set_list(request, name, text);
  } else if (name == "keep_chosen") {
    request.keep_chosen = truth(name, text);
  } else if (field->name == "num_clips_requested") {
    request.num_clips_requested = number<int>(name, text, "a whole number");
  } else if (field->name == "min_duration") {
    request.min_duration = number<double>(name, text, "a number");
  } else if (field->name == "max_duration") {
    request.max_duration = number<double>(name, text, "a number");
  } else if (field->name == "aspect_ratio") {
    request.aspect_ratio = text;
  } else if (field->name == "language") {
    request.language = text;
  } else {
    request.caption_style = text;
  }
  return true;
}

}  // namespace reelwright::clips

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/code_points.h"
#include "server/moments.h"
#include "server/schema.h"

namespace reelwright::server {

namespace {

struct WholeText : glz::opts {
  bool validate_trailing_whitespace = true;  // and nothing else behind the value
};

constexpr int deepest = 32;
constexpr std::size_t most_errors = 20;

using Errors = std::vector<FieldError>;

void check(const Schema& schema, const glz::generic& value, const std::string& place, Errors& errors);

std::string joined(const std::string& place, std::string_view key) {
  return place.empty() ? std::string(key) : fmt::format("{}.{}", place, key);
}

std::string bounds(const Rule& rule) {
  if (rule.minimum && rule.maximum) return fmt::format("from {:g} to {:g}", *rule.minimum, *rule.maximum);
  if (rule.minimum) return fmt::format("{:g} or more", *rule.minimum);
  return fmt::format("{:g} or less", rule.maximum.value_or(0));
}

void check_number(const Schema& schema, const glz::generic& value, const std::string& place, Errors& errors) {
  const auto* number = value.get_if<double>();
  const bool whole = schema.kind == Kind::integer;
  if (!number || !std::isfinite(*number) ||
      (whole && (std::floor(*number) != *number || std::abs(*number) > 9e15))) {
    errors.push_back({place, whole ? "must be a whole number" : "must be a number"});
    return;
  }
  const Rule& rule = schema.rule;
  if ((rule.minimum && *number < *rule.minimum) || (rule.maximum && *number > *rule.maximum))
    errors.push_back({place, "must be " + bounds(rule)});
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  core::any_code_point(text, [&](std::int32_t) {
    ++count;
    return false;
  });
  return count;
}

void check_text(const Schema& schema, const glz::generic& value, const std::string& place, Errors& errors) {
  const auto* text = value.get_if<std::string>();
  if (!text) {
    errors.push_back({place, "must be a text"});
    return;
  }
  const Rule& rule = schema.rule;
  if (!rule.choices.empty() && !std::ranges::contains(rule.choices, *text))
    errors.push_back({place, fmt::format("must be one of {}", fmt::join(rule.choices, ", "))});
  if (rule.longest && characters(*text) > *rule.longest)
    errors.push_back({place, fmt::format("must be at most {} characters long", *rule.longest)});
  if (text->contains('\0')) errors.push_back({place, "must not hold null characters"});
  if (rule.format == "date-time" && !find_moment(*text))
    errors.push_back({place, "must be a date or time such as 2026-11-23T09:30:00Z"});
}

void check_object(const Schema& schema, const glz::generic& value, const std::string& place, Errors& errors) {
  const auto* object = value.get_if<glz::generic::object_t>();
  if (!object) {
    errors.push_back({place.empty() ? "body" : place, "must be an object"});
    return;
  }
  for (const Schema& member : schema.members) {
    const auto found = object->find(member.key);
    if (found != object->end())
      check(member, found->second, joined(place, member.key), errors);
    else if (member.rule.required)
      errors.push_back({joined(place, member.key), "is missing"});
  }
  for (const auto& [key, member] : *object)
    if (!std::ranges::contains(schema.members, key, &Schema::key) && errors.size() < most_errors)
      errors.push_back({joined(place, key), "is not known; look at /docs for what is"});
}

void check_list(const Schema& schema, const glz::generic& value, const std::string& place, Errors& errors) {
  const auto* list = value.get_if<glz::generic::array_t>();
  if (!list) {
    errors.push_back({place, "must be a list"});
    return;
  }
  if (schema.rule.longest && list->size() > *schema.rule.longest) {
    errors.push_back({place, fmt::format("must have at most {} elements", *schema.rule.longest)});
    return;
  }
  for (std::size_t i = 0; i < list->size() && errors.size() < most_errors; ++i)
    check(schema.element.front(), (*list)[i], fmt::format("{}[{}]", place, i), errors);
}

void check_map(const Schema& schema, const glz::generic& value, const std::string& place, Errors& errors) {
  const auto* object = value.get_if<glz::generic::object_t>();
  if (!object) {
    errors.push_back({place, "must be an object"});
    return;
  }
  for (const auto& [key, member] : *object)
    if (errors.size() < most_errors) check(schema.element.front(), member, joined(place, key), errors);
}

void check(const Schema& schema, const glz::generic& value, const std::string& place, Errors& errors) {
  if (value.is_null()) {
    if (!schema.nullable && schema.kind != Kind::any) errors.push_back({place, "must not be null"});
    return;
  }
  switch (schema.kind) {
    case Kind::object:
      return check_object(schema, value, place, errors);
    case Kind::list:
      return check_list(schema, value, place, errors);
    case Kind::map:
      return check_map(schema, value, place, errors);
    case Kind::text:
      return check_text(schema, value, place, errors);
    case Kind::integer:
    case Kind::number:
      return check_number(schema, value, place, errors);
    case Kind::boolean:
      if (!value.get_if<bool>()) errors.push_back({place, "must be true or false"});
      return;
    case Kind::any:
      return;
  }
}

// Counted before parsing, which recurses.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\')
      ++i;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == '{' || c == '['))
      if (++depth > deepest) return true;
    if (!quoted && (c == '}' || c == ']')) --depth;
  }
  return false;
}

glz::generic value_from(const Schema& schema, const std::string& text) {
  if (schema.kind == Kind::integer || schema.kind == Kind::number) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
  }
  if (schema.kind == Kind::boolean && (text == "true" || text == "false")) return text == "true";
  const bool is_json = schema.kind == Kind::list || schema.kind == Kind::object || schema.kind == Kind::map;
  return is_json ? parse_json(text) : glz::generic(text);
}

}  // namespace

std::vector<FieldError> validate(const Schema& schema, const glz::generic& value) {
  Errors errors;
  check(schema, value, "", errors);
  return errors;
}

glz::generic parse_json(const std::string& text) {
  glz::generic value;
  if (too_deep(text))
    throw core::Error(core::ErrorCode::invalid_input, "The JSON is nested too deep; 32 levels are allowed.");
  if (const auto error = glz::read<WholeText{}>(value, text))
    throw core::Error(core::ErrorCode::invalid_input, "The body is no JSON; see what is told at /docs.",
                      glz::format_error(error, text));
  return value;
}

glz::generic object_from(const Schema& schema, std::span<const std::pair<std::string, std::string>> fields) {
  glz::generic::object_t object;
  for (const auto& [key, text] : fields) {
    const auto member = std::ranges::find(schema.members, key, &Schema::key);
    object[key] = member == schema.members.end() ? glz::generic(text) : value_from(*member, text);
  }
  return glz::generic(std::move(object));
}

}  // namespace reelwright::server

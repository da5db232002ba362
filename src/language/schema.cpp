#include "language/schema.h"

#include <algorithm>
#include <cmath>

#include "core/json.h"
#include "core/text.h"

namespace reelwright::language {

namespace {

constexpr std::size_t longest_name = 60;
constexpr double largest_integer = 9'007'199'254'740'992;  // 2^53: above it doubles leave some out

std::string_view name(Schema::Type type) {
  switch (type) {
    case Schema::Type::object:
      return "object";
    case Schema::Type::array:
      return "array";
    case Schema::Type::string:
      return "string";
    case Schema::Type::integer:
      break;
  }
  return "integer";
}

std::string quoted(const std::string& text) { return core::to_json(text, "a schema"); }

std::string object_json(const Schema& schema) {
  std::string properties, required;
  for (const auto& [name, property] : schema.properties) {
    const std::string comma = properties.empty() ? "" : ",";
    properties += comma + quoted(name) + ":" + to_json(property);
    required += comma + quoted(name);
  }
  return fmt::format(R"(,"properties":{{{}}},"required":[{}],"additionalProperties":false)", properties,
                     required);
}

std::string check(const glz::generic& value, const Schema& schema, const std::string& place);

std::string check_object(const glz::generic& value, const Schema& schema, const std::string& place) {
  const std::string before = place.empty() ? "" : place + ".";
  for (const auto& [name, property] : schema.properties) {
    if (!value.contains(name)) return fmt::format("{}{} is missing", before, name);
    if (std::string fault = check(value[name], property, before + name); !fault.empty()) return fault;
  }
  for (const auto& [name, member] : value.get_object())
    if (!std::ranges::contains(schema.properties, name, &Schema::Property::name))
      return fmt::format("{}{} is not asked for", before, core::printable(name, longest_name));
  return {};
}

std::string check_array(const glz::generic& value, const Schema& schema, const std::string& place) {
  const auto& elements = value.get_array();
  for (std::size_t i = 0; i < elements.size(); ++i)
    if (std::string fault = check(elements[i], schema.items.at(0), fmt::format("{}[{}]", place, i));
        !fault.empty())
      return fault;
  return {};
}

bool is_of(const glz::generic& value, Schema::Type type) {
  switch (type) {
    case Schema::Type::object:
      return value.is_object();
    case Schema::Type::array:
      return value.is_array();
    case Schema::Type::string:
      return value.is_string();
    case Schema::Type::integer:
      break;
  }
  return value.is_number() && std::abs(value.get<double>()) <= largest_integer &&
         std::trunc(value.get<double>()) == value.get<double>();
}

/// Goes down with the schema, so no deeper than that.
std::string check(const glz::generic& value, const Schema& schema, const std::string& place) {
  if (!is_of(value, schema.type))
    return fmt::format("{} must be of the type {}", place.empty() ? "the answer" : place, name(schema.type));
  if (schema.type == Schema::Type::object) return check_object(value, schema, place);
  if (schema.type == Schema::Type::array) return check_array(value, schema, place);
  return {};
}

}  // namespace

std::string to_json(const Schema& schema) {
  std::string json = fmt::format(R"({{"type":"{}")", name(schema.type));
  if (!schema.description.empty()) json += ",\"description\":" + quoted(schema.description);
  if (schema.type == Schema::Type::object) json += object_json(schema);
  if (schema.type == Schema::Type::array) json += ",\"items\":" + to_json(schema.items.at(0));
  return json + "}";
}

std::string schema_request(const Schema& schema) {
  return "\nAnswer with one JSON object and nothing else. It must fit this JSON schema: " + to_json(schema);
}

std::string misfit(std::string_view json, const Schema& schema) {
  glz::generic value;
  if (glz::read_json(value, json)) return "it is no JSON";
  return check(value, schema, "");
}

}  // namespace reelwright::language

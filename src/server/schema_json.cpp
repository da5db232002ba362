#include "server/schema_json.h"

namespace reelwright::server {

namespace {

using Object = glz::generic::object_t;
using Array = glz::generic::array_t;

const char* type_of(Kind kind) {
  switch (kind) {
    case Kind::object:
    case Kind::map:
      return "object";
    case Kind::list:
      return "array";
    case Kind::text:
      return "string";
    case Kind::integer:
      return "integer";
    case Kind::number:
      return "number";
    case Kind::boolean:
      return "boolean";
    case Kind::any:
      break;
  }
  return "";
}

Object struct_schema(const Schema& schema, NamedSchemas& named) {
  Object object;
  Object properties;
  Array required;
  for (const Schema& member : schema.members) {
    properties[member.key] = to_json_schema(member, named);
    if (member.rule.required) required.emplace_back(member.key);
  }
  object["type"] = "object";
  object["properties"] = glz::generic(std::move(properties));
  object["additionalProperties"] = false;
  if (!required.empty()) object["required"] = glz::generic(std::move(required));
  return object;
}

void add_rule(const Schema& schema, Object& object) {
  const Rule& rule = schema.rule;
  if (!rule.help.empty()) object["description"] = std::string(rule.help);
  if (rule.minimum) object["minimum"] = *rule.minimum;
  if (rule.maximum) object["maximum"] = *rule.maximum;
  if (rule.longest)
    object[schema.kind == Kind::list ? "maxItems" : "maxLength"] = static_cast<double>(*rule.longest);
  if (!rule.format.empty()) object["format"] = std::string(rule.format);
  if (!rule.preset.empty()) object["default"] = parse_json(rule.preset);
  if (!rule.choices.empty()) {
    Array choices;
    for (const std::string& choice : rule.choices) choices.emplace_back(choice);
    if (schema.nullable) choices.emplace_back(nullptr);
    object["enum"] = glz::generic(std::move(choices));
  }
}

glz::generic type_json(const Schema& schema) {
  if (!schema.nullable) return std::string(type_of(schema.kind));
  return Array{std::string(type_of(schema.kind)), std::string("null")};
}

glz::generic reference(const Schema& schema, NamedSchemas& named) {
  if (!named.contains(schema.name)) {
    named[schema.name] = nullptr;  // stands already when a struct refers to itself
    named[schema.name] = glz::generic(struct_schema(schema, named));
  }
  Object there;
  there["$ref"] = "#/components/schemas/" + schema.name;
  if (!schema.nullable) return glz::generic(std::move(there));
  Object null;
  null["type"] = "null";
  Object either;
  either["anyOf"] = glz::generic(Array{glz::generic(std::move(there)), glz::generic(std::move(null))});
  return glz::generic(std::move(either));
}

}  // namespace

glz::generic to_json_schema(const Schema& schema, NamedSchemas& named) {
  Object object;
  if (schema.kind == Kind::object) {
    glz::generic result = reference(schema, named);
    add_rule(schema, result.get<Object>());
    return result;
  }
  if (schema.kind != Kind::any) object["type"] = type_json(schema);
  if (schema.kind == Kind::list) object["items"] = to_json_schema(schema.element.front(), named);
  if (schema.kind == Kind::map)
    object["additionalProperties"] = to_json_schema(schema.element.front(), named);
  add_rule(schema, object);
  return glz::generic(std::move(object));
}

}  // namespace reelwright::server

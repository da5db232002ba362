#include "server/openapi.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/response.h"
#include "server/schema_json.h"

namespace reelwright::server {

// Named like all else of this room: what glaze reads needs linkage.
struct ProblemSchema {
  std::string type, title;
  int status;
  std::string detail, code, request_id;
  std::optional<std::vector<FieldError>> errors;
  std::optional<std::string> debug;
};

namespace {

using Object = glz::generic::object_t;
using Array = glz::generic::array_t;

Object content(const std::string& type, glz::generic schema) {
  Object media;
  media["schema"] = std::move(schema);
  Object content;
  content[type] = glz::generic(std::move(media));
  return content;
}

glz::generic text_schema(const char* format = nullptr) {
  Object schema;
  schema["type"] = "string";
  if (format != nullptr) schema["format"] = format;
  return glz::generic(std::move(schema));
}

glz::generic parameter(const std::string& name, const char* in, bool required, glz::generic schema,
                       std::string_view help) {
  Object object;
  object["name"] = name;
  object["in"] = in;
  object["required"] = required;
  if (!help.empty()) object["description"] = std::string(help);
  object["schema"] = std::move(schema);
  return glz::generic(std::move(object));
}

Array parameters(const Route& route, NamedSchemas& named) {
  Array list;
  for (std::size_t at = route.pattern.find('{'); at != std::string::npos;
       at = route.pattern.find('{', at + 1)) {
    const std::string name = route.pattern.substr(at + 1, route.pattern.find('}', at) - at - 1);
    list.push_back(
        parameter(name, "path", true, text_schema(name == "processing_id" ? "uuid" : nullptr), ""));
  }
  if (route.docs.query)
    for (const Schema& member : route.docs.query->members) {
      Schema plain = member;  // a parameter is left out, not null
      plain.nullable = false;
      list.push_back(parameter(member.key, "query", member.rule.required, to_json_schema(plain, named),
                               member.rule.help));
    }
  return list;
}

glz::generic failure(int status) {
  Object reference;
  reference["$ref"] = "#/components/schemas/ProblemSchema";
  Object answer;
  answer["description"] = std::string(reason(status));
  answer["content"] = glz::generic(content("application/problem+json", glz::generic(std::move(reference))));
  return glz::generic(std::move(answer));
}

Object answers(const Route& route, NamedSchemas& named) {
  Object all;
  Object success;
  success["description"] = std::string(reason(route.docs.status));
  if (route.docs.answer)
    success["content"] =
        glz::generic(content(route.docs.answer_type, to_json_schema(*route.docs.answer, named)));
  else if (route.docs.status != 204 && route.docs.status != 201)
    success["content"] = glz::generic(content(route.docs.answer_type, glz::generic(Object{})));
  all[std::to_string(route.docs.status)] = glz::generic(std::move(success));
  std::vector<int> failures = route.docs.failures;
  if (route.access != Access::open) failures.insert(failures.end(), {401, 403, 429});
  std::ranges::sort(failures);
  const auto [end, last] = std::ranges::unique(failures);
  failures.erase(end, last);
  for (const int status : failures) all[std::to_string(status)] = failure(status);
  return all;
}

glz::generic operation(const Route& route, NamedSchemas& named) {
  Object object;
  object["summary"] = route.docs.summary;
  object["tags"] = glz::generic(Array{glz::generic(route.docs.tag)});
  if (Array list = parameters(route, named); !list.empty())
    object["parameters"] = glz::generic(std::move(list));
  if (route.docs.body) {
    Object body;
    body["required"] = std::ranges::any_of(route.docs.body->members,
                                           [](const Schema& member) { return member.rule.required; });
    body["content"] = glz::generic(content(route.docs.body_type, to_json_schema(*route.docs.body, named)));
    object["requestBody"] = glz::generic(std::move(body));
  }
  object["responses"] = glz::generic(answers(route, named));
  if (route.access == Access::open) object["security"] = glz::generic(Array{});
  return glz::generic(std::move(object));
}

std::string lower(std::string_view method) {
  std::string text(method);
  std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
  return text;
}

}  // namespace

std::string openapi(const std::vector<Route>& routes) {
  NamedSchemas named;
  Object paths;
  for (const Route& route : routes) {
    auto& path = paths[route.pattern];
    if (!path.is_object()) path = glz::generic(Object{});
    path.get<Object>()[lower(name(route.method))] = operation(route, named);
  }
  to_json_schema(schema_of<ProblemSchema>(), named);
  Object schemas;
  for (auto& [name, schema] : named) schemas[name] = std::move(schema);
  glz::generic document = parse_json(fmt::format(
      R"({{"openapi":"3.1.0","info":{{"title":"Reelwright","version":"{}","license":{{"name":"MIT","identifier":"MIT"}}}},
          "security":[{{"key":[]}}],
          "components":{{"securitySchemes":{{"key":{{"type":"http","scheme":"bearer"}}}}}}}})",
      REELWRIGHT_VERSION));
  document["components"]["schemas"] = glz::generic(std::move(schemas));
  document["paths"] = glz::generic(std::move(paths));
  return document.dump().value_or("{}");
}

}  // namespace reelwright::server

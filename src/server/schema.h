#pragma once

#include <glaze/glaze.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/field_error.h"

/// One description of each JSON message, made from the struct that holds it: what is checked and what
/// `/openapi.json` says are the same object. Include only in sources: glaze is slow to compile.
namespace reelwright::server {

/// What a struct's member cannot say of itself. A rule names the member; `Rules<T>` lists them.
struct Rule {
  std::string_view field;
  std::string_view help{};
  bool required = false;
  std::optional<double> minimum{};
  std::optional<double> maximum{};
  std::optional<std::size_t> longest{};  ///< characters of a text, elements of a list
  std::vector<std::string> choices{};
  std::string_view format{};  ///< `uri`, `date-time`, `uuid`, `binary`
  std::string preset{};       ///< the default, as JSON
};

/// To be specialised: `static std::vector<Rule> of()`.
template <typename T>
struct Rules {
  static std::vector<Rule> of() { return {}; }
};

enum class Kind { object, list, map, text, integer, number, boolean, any };

struct Schema {
  Kind kind = Kind::any;
  std::string name{};  ///< of a struct, under which OpenAPI keeps it
  Rule rule{};         ///< of this very place
  bool nullable = false;
  std::string key{};              ///< of a member
  std::vector<Schema> members{};  ///< of an object
  std::vector<Schema> element{};  ///< of a list or map: exactly one
};

namespace detail {

template <typename T>
struct is_optional : std::false_type {};
template <typename T>
struct is_optional<std::optional<T>> : std::true_type {};

template <typename T>
concept List = requires(T value) { value.push_back(*value.begin()); } && !std::is_same_v<T, std::string>;

template <typename T>
concept Map = requires { typename T::mapped_type; };

/// The name of the type without its namespaces.
template <typename T>
std::string type_name() {
  const std::string_view whole = glz::name_v<T>;
  return std::string(whole.substr(whole.rfind(':') + 1));
}

}  // namespace detail

template <typename T>
Schema schema_of();

namespace detail {

template <typename T>
Schema struct_schema() {
  Schema schema{.kind = Kind::object, .name = type_name<T>()};
  const std::vector<Rule> rules = Rules<T>::of();
  const auto add = [&]<std::size_t I>() {
    using Member = std::remove_cvref_t<glz::refl_t<T, I>>;
    Schema member = schema_of<Member>();
    member.key = glz::reflect<T>::keys[I];
    for (const Rule& rule : rules)
      if (rule.field == member.key) member.rule = rule;
    schema.members.push_back(std::move(member));
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (add.template operator()<I>(), ...);
  }(std::make_index_sequence<glz::reflect<T>::size>{});
  return schema;
}

}  // namespace detail

/// The schema of a type: numbers, texts, booleans, optionals (which may be null), lists, maps,
/// `glz::raw_json` (anything) and aggregates of these.
template <typename T>
Schema schema_of() {
  if constexpr (detail::is_optional<T>::value) {
    Schema schema = schema_of<typename T::value_type>();
    schema.nullable = true;
    return schema;
  } else if constexpr (std::is_same_v<T, bool>) {
    return {.kind = Kind::boolean};
  } else if constexpr (std::is_integral_v<T>) {
    return {.kind = Kind::integer};
  } else if constexpr (std::is_floating_point_v<T>) {
    return {.kind = Kind::number};
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    return {.kind = Kind::text};
  } else if constexpr (std::is_same_v<T, glz::raw_json> || std::is_same_v<T, glz::generic>) {
    return {.kind = Kind::any};
  } else if constexpr (detail::Map<T>) {
    return {.kind = Kind::map, .element = {schema_of<typename T::mapped_type>()}};
  } else if constexpr (detail::List<T>) {
    return {.kind = Kind::list, .element = {schema_of<typename T::value_type>()}};
  } else {
    return detail::struct_schema<T>();
  }
}

/// Everything about `value` that `schema` does not allow; fields that it does not know among it.
std::vector<FieldError> validate(const Schema& schema, const glz::generic& value);

/// `text` as JSON. Throws `invalid_input` where it is none, or is nested over 32 levels deep.
glz::generic parse_json(const std::string& text);

/// Parameters of a query or a form as the object they stand for: each text becomes what its field is.
glz::generic object_from(const Schema& schema, std::span<const std::pair<std::string, std::string>> fields);

/// `value` as a `T`, once it was found to be right. Throws `InvalidFields`.
template <typename T>
T read_as(const glz::generic& value) {
  if (auto errors = validate(schema_of<T>(), value); !errors.empty()) throw InvalidFields(std::move(errors));
  T result{};
  const std::string text = value.dump().value_or("null");
  if (const auto error = glz::read<glz::opts{.error_on_unknown_keys = false}>(result, text))
    throw core::Error(core::ErrorCode::invalid_input, "The request could not be read.",
                      glz::format_error(error, text));
  return result;
}

template <typename T>
T read_json(const std::string& text) {
  return read_as<T>(parse_json(text));
}

}  // namespace reelwright::server

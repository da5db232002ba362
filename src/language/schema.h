#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reelwright::language {

/// The shape of an answer: the part of JSON Schema that every strict server knows. All properties of an
/// object must be there, and no others. Bounds are kept by engines that can, and are not part of what is told
/// to servers or held against an answer: whoever asked looks after them.
struct Schema {
  enum class Type { object, array, string, integer };
  struct Property;

  Type type = Type::object;
  std::string description{};
  std::vector<Property> properties{};   ///< of an object, in the order in which they are to be answered
  std::vector<Schema> items{};          ///< of an array: one, that of all its elements
  std::optional<std::int64_t> least{};  ///< an integer, or as many elements of an array
  std::optional<std::int64_t> most{};   ///< an integer, as many elements, or as many characters of a string
};

struct Schema::Property {
  std::string name;
  Schema schema;
};

/// As JSON Schema.
std::string to_json(const Schema& schema);

/// Asks for an answer of that shape in words, to follow a task: for models that are not told otherwise.
std::string schema_request(const Schema& schema);

/// What is wrong with `json` as an answer of that shape ("clips[2].score is missing"), nested at most as deep
/// as the schema; empty where it fits.
std::string misfit(std::string_view json, const Schema& schema);

}  // namespace reelwright::language

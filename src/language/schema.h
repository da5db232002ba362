#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reelwright::language {

/// The shape of an answer: the part of JSON Schema that every strict server knows. All properties of an
/// object must be there, and no others. Bounds of numbers and lengths of texts are not part of it: whoever
/// asked looks after them.
struct Schema {
  enum class Type { object, array, string, integer };
  struct Property;

  Type type = Type::object;
  std::string description{};
  std::vector<Property> properties{};  ///< of an object, in the order in which they are to be answered
  std::vector<Schema> items{};         ///< of an array: one, that of all its elements
};

struct Schema::Property {
  std::string name;
  Schema schema;
};

/// As JSON Schema.
std::string to_json(const Schema& schema);

/// What is wrong with `json` as an answer of that shape ("clips[2].score is missing"), nested at most as deep
/// as the schema; empty where it fits.
std::string misfit(std::string_view json, const Schema& schema);

}  // namespace reelwright::language

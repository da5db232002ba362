#include "language/gbnf.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/json.h"
#include "language/gbnf_range.h"

namespace reelwright::language {

namespace {

// A half of a surrogate pair could stand alone, so what is beyond 16 bits is not written with escapes.
constexpr const char* shared_rules = R"(gap ::= " "?
char ::= [\x20-\x21\x23-\x5B\x5D-\uD7FF\uE000-\U0010FFFF] | "\\" (["\\/bfnrt] | "u" code)
code ::= [0-9abcefABCEF] hex hex hex | [dD] [0-7] hex hex
hex ::= [0-9a-fA-F]
)";
constexpr std::int64_t most_repeats = 1000;  // llama.cpp writes each of them out

/// A text as the grammar has to spell it.
std::string literal(std::string_view text) {
  std::string spelled = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') spelled += '\\';
    spelled += c;
  }
  return spelled + "\"";
}

/// `{least,most}` as far as the grammar can count.
std::string repeats(std::int64_t least, std::optional<std::int64_t> most) {
  least = std::clamp<std::int64_t>(least, 0, most_repeats);
  if (!most || *most > most_repeats) return fmt::format("{{{},}}", least);
  return fmt::format("{{{},{}}}", least, std::max(least, *most));
}

class Grammar {
 public:
  /// The expression for a schema; rules that it needs are added.
  std::string expression(const Schema& schema) {
    switch (schema.type) {
      case Schema::Type::object:
        return object(schema);
      case Schema::Type::array:
        return array(schema);
      case Schema::Type::string:
        return fmt::format(R"("\"" char{} "\"")", repeats(0, schema.most));
      case Schema::Type::integer:
        break;
    }
    return integer_range(schema.least, schema.most);
  }

  std::string rules{};

 private:
  std::string object(const Schema& schema) {
    std::string members;
    for (const auto& [name, property] : schema.properties) {
      const std::string before = members.empty() ? "" : R"( "," gap )";
      members += before + literal(core::to_json(name, "a schema") + ":") + " gap " + expression(property);
    }
    return fmt::format(R"("{{" {} "}}")", members);
  }

  std::string array(const Schema& schema) {
    const std::string item = fmt::format("item{}", ++items_);
    rules += fmt::format("{} ::= {}\n", item, expression(schema.items.at(0)));
    const std::int64_t least = schema.least.value_or(0);
    if (schema.most && *schema.most <= 0) return R"("[" "]")";
    const auto more = schema.most ? std::optional(*schema.most - 1) : std::nullopt;
    const std::string some = fmt::format(R"({} ("," gap {}){})", item, item, repeats(least - 1, more));
    return fmt::format(R"("[" {} "]")", least > 0 ? some : "(" + some + ")?");
  }

  int items_ = 0;
};

}  // namespace

std::string to_gbnf(const Schema& schema) {
  Grammar grammar;
  const std::string root = grammar.expression(schema);
  return "root ::= " + root + "\n" + grammar.rules + shared_rules;
}

}  // namespace reelwright::language

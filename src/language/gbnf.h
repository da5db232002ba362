#pragma once

#include <string>

#include "language/schema.h"

namespace reelwright::language {

/// The answers of a schema as a grammar in llama.cpp's GBNF (grammars/README.md there), its start named
/// `root`. Of all the texts that are the same JSON it accepts those with the properties in their order and at
/// most one space behind a colon or a comma, so no text that it accepts goes on for ever without getting on.
/// It keeps to the bounds of the schema.
std::string to_gbnf(const Schema& schema);

}  // namespace reelwright::language

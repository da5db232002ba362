#pragma once

#include <glaze/glaze.hpp>

#include "server/schema.h"

namespace reelwright::server {

/// Structs of which a schema was referred to, by name.
using NamedSchemas = std::map<std::string, glz::generic, std::less<>>;

/// `schema` as JSON Schema 2020-12, as OpenAPI 3.1 takes it. Structs go to `named` and are referred to.
glz::generic to_json_schema(const Schema& schema, NamedSchemas& named);

}  // namespace reelwright::server

#pragma once

// Inside `inference/` only.

#include <string>
#include <string_view>
#include <vector>

#include "inference/registry.h"

namespace reelwright::inference {

/// The models of a registry's JSON (docs/models.md shows its shape), checked. `place` names it in errors.
/// Throws `invalid_input`.
std::vector<Model> models_from(std::string_view json, const std::string& place);

}  // namespace reelwright::inference

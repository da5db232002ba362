#pragma once

#include <filesystem>
#include <string_view>

#include "inference/role.h"

namespace reelwright::inference {

/// The weights that a user names: a file (a name with a slash in it, or of a file in the current folder),
/// else a model of that role in `models_dir`, by the name that `models list` shows. The path is absolute;
/// whether a file is there is not looked at. `registry` is the user's own, or empty. Throws `not_found` where
/// no such model is installed, `conflict` where two are, and what `Registry::load` and `installed_models`
/// throw.
std::filesystem::path named_weights(std::string_view name, Role role, const std::filesystem::path& models_dir,
                                    const std::filesystem::path& registry);

}  // namespace reelwright::inference

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "inference/registry.h"

namespace reelwright::inference {

/// What was taken away.
struct Removed {
  std::filesystem::path place;
  std::uint64_t bytes = 0;
};

/// Takes a model away, and what came of a pull of it that broke off. The checksums that were seen of a model
/// of the registry stay, so that a later pull is held to them. Throws `not_found`, `conflict` (several have
/// that name; another process pulls it), `forbidden`.
Removed remove_model(const std::filesystem::path& models_dir, const Registry& registry,
                     const std::string& name);

}  // namespace reelwright::inference

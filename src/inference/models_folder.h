#pragma once

#include <filesystem>
#include <string_view>

#include "inference/role.h"

namespace reelwright::inference {

// How MODELS_DIR is laid out; docs/models.md tells it to users.

/// Where the files of a model lie: `MODELS_DIR/ROLE/NAME/`.
std::filesystem::path model_folder(const std::filesystem::path& models_dir, Role role, std::string_view name);

/// Where a model grows until it is whole: `MODELS_DIR/.incoming/NAME/`.
std::filesystem::path incoming_folder(const std::filesystem::path& models_dir, std::string_view name);

/// The file that remembers checksums: `MODELS_DIR/checksums.json`.
std::filesystem::path checksums_file(const std::filesystem::path& models_dir);

/// Makes the folder and those above it. Throws `forbidden`, `storage_full`, `invalid_input` (a part is a
/// file).
void make_folders(const std::filesystem::path& folder);

}  // namespace reelwright::inference

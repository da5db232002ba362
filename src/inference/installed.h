#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inference/registry.h"

namespace reelwright::inference {

/// A model that lies in the models folder, however it came there.
struct InstalledModel {
  std::string name;                ///< of its folder, or of its file where it has none
  std::optional<Role> role{};      ///< nothing where it cannot be told for certain
  std::optional<Format> format{};  ///< by the first bytes; nothing where they are of no known kind
  std::filesystem::path place{};   ///< its folder, or its file
  std::vector<std::filesystem::path> files{};  ///< the weights first
  std::uint64_t bytes = 0;                     ///< of all files

  const std::filesystem::path& weights() const { return files.front(); }
  bool has_folder() const { return place != files.front(); }
};

/// Everything usable in the folder, by role and name: `ROLE/NAME/` as `pull` and `add` make it, and files
/// that a user put there, `ROLE/FILE`, or `FILE` where its kind alone tells the role (Whisper's ggml, GGUF).
/// What lies beside `x.onnx` as `x.onnx.json` belongs to it. Hidden files are passed over. None where there
/// is no such folder. Throws `forbidden`.
std::vector<InstalledModel> installed_models(const std::filesystem::path& models_dir,
                                             const Registry& registry);

/// Throws `not_found`, or `conflict` where several have that name.
const InstalledModel& find_installed(const std::vector<InstalledModel>& models, std::string_view name);

/// The registry's entry of what is installed; null where it came from elsewhere.
const Model* known_as(const Registry& registry, const InstalledModel& installed);

}  // namespace reelwright::inference

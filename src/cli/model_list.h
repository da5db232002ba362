#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inference/installed.h"
#include "inference/registry.h"
#include "inference/verify.h"

namespace reelwright::cli {

/// Models as `reelwright models list` shows them: those of the registry in its order, then the user's own.
std::string model_table(const inference::Registry& registry,
                        const std::vector<inference::InstalledModel>& installed);
std::string model_list_json(const std::filesystem::path& models_dir, const inference::Registry& registry,
                            const std::vector<inference::InstalledModel>& installed);

/// What `reelwright models verify` found of one model.
struct VerifiedModel {
  std::string name;
  std::vector<inference::FileVerdict> files;
};

std::string verdict_table(const std::vector<VerifiedModel>& models);
std::string verdicts_json(const std::vector<VerifiedModel>& models);

/// "148 MB".
std::string size_text(std::uint64_t bytes);

}  // namespace reelwright::cli

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/config.h"
#include "inference/installed.h"
#include "inference/registry.h"

namespace reelwright::cli {

/// What `reelwright models` is told.
struct ModelOptions {
  core::Config::Inputs inputs;
  std::string name;
  std::vector<std::string> files;
  std::string role;
  std::string new_name;
  bool accept_change = false;
  bool json = false;
};

/// What every subcommand of `reelwright models` works with.
class Shelf {
 public:
  /// Throws what settings and the registry throw.
  explicit Shelf(const ModelOptions& options);

  std::vector<inference::InstalledModel> installed() const { return installed_models(folder, registry); }

  /// Throws `not_found`, saying how to get it where it can be got, or `conflict`.
  inference::InstalledModel installed(const std::string& name) const;

  const core::Config config;
  const std::filesystem::path folder;
  const inference::Registry registry;
};

// One subcommand each; what is asked for goes to standard output.
void list_models(const ModelOptions& options);
void pull_model(const ModelOptions& options);
void add_own_model(const ModelOptions& options);
void verify_models(const ModelOptions& options);
void print_model_path(const ModelOptions& options);
void remove_named_model(const ModelOptions& options);

}  // namespace reelwright::cli

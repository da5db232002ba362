#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/config.h"
#include "database/users.h"

namespace reelwright::cli {

/// What `reelwright keys` is told.
struct KeyOptions {
  core::Config::Inputs inputs;
  std::string user = "local";  ///< whose jobs are those made without a key
  std::string name;
  std::string scopes = "jobs";
  std::optional<double> expires_days;
  double overlap_hours = 24;
  database::Quotas quotas;
  std::string id;
  std::optional<std::string> only_user;
  bool json = false;
};

/// The flags that say where the database is.
void add_place(CLI::App& command, core::Config::Inputs& inputs);

/// The flags of a key that is to be made.
void add_new_key(CLI::App& command, KeyOptions& options);

}  // namespace reelwright::cli

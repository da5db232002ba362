#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inference/installed.h"
#include "inference/role.h"

namespace reelwright::inference {

/// Something that is built into this program and can play a role.
struct Engine {
  Role role{};
  std::string_view name;
  std::optional<Format> format{};  ///< of the models that it runs; nothing where it needs none
};

/// All of them; of those of one role the best first. A new engine is one more line here.
std::span<const Engine> engines();

/// Which engine plays a role with what is installed.
struct Choice {
  std::string engine{};  ///< empty where none can
  std::string model{};   ///< that it runs; empty where it needs none
  std::string why{};     ///< a clause for the user
  std::string
      problem{};  ///< a sentence on models that are installed and no engine here can run; may be empty
};

/// The first engine that needs no model or for whose format one is installed.
Choice choose_engine(Role role, const std::vector<InstalledModel>& installed);
Choice choose_engine(Role role, const std::vector<InstalledModel>& installed, std::span<const Engine> among);

}  // namespace reelwright::inference

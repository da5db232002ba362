#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/config.h"

namespace reelwright::cli {

/// What was found about one thing that clips are made with.
struct Finding {
  std::string role;      ///< "transcriber"
  std::string engine{};  ///< what does it here; empty where nothing can
  bool ok = false;
  bool needed = false;    ///< no clip can be made without it
  std::string problem{};  ///< one sentence; empty where all is well
  std::string package{};  ///< the Debian package that brings it; empty where none does
  std::string why{};      ///< why this engine; empty where there is no choice
};

/// Tries every engine by making it, and changes nothing on the disk. Takes about a second.
std::vector<Finding> check_up(const core::Config& config);

/// The Debian package of a caption style's font; empty where it is not known.
std::string_view font_package(std::string_view family);

}  // namespace reelwright::cli

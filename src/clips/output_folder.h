#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "core/temporary_folder.h"

namespace reelwright::clips {

/// The folder of results, which fills whole or not at all: files are gathered in a hidden folder, which
/// `publish` renames. Without `publish` nothing is left. What killed runs left behind is cleared away first.
class OutputFolder {
 public:
  /// Throws `conflict` where `folder` is a file, or holds anything and `overwrite` is not set, or holds
  /// anything but this program's own results; `forbidden` where it cannot be made.
  OutputFolder(const std::filesystem::path& folder, bool overwrite);

  /// Copies `file` in under `name`. Throws `storage_full`.
  void add(const std::filesystem::path& file, std::string_view name);

  /// Writes a file of this content.
  void write(std::string_view name, std::string_view content);

  void publish();

 private:
  void move_in();

  std::filesystem::path folder_;
  bool stands_ = false;                              ///< before this run
  std::unique_ptr<core::TemporaryFolder> gathered_;  ///< until it is published
};

}  // namespace reelwright::clips

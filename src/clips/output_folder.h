#pragma once

#include <filesystem>
#include <string_view>

namespace reelwright::clips {

/// The folder of results, which appears whole or not at all: files are gathered in a hidden folder beside it,
/// which `publish` renames. Without `publish` nothing is left.
class OutputFolder {
 public:
  /// Throws `conflict` where `folder` is a file, or holds anything and `overwrite` is not set, or holds
  /// anything but this program's own results; `forbidden` where it cannot be made.
  OutputFolder(std::filesystem::path folder, bool overwrite);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Copies `file` in under `name`. Throws `storage_full`.
  void add(const std::filesystem::path& file, std::string_view name);

  /// Writes a file of this content.
  void write(std::string_view name, std::string_view content);

  void publish();

 private:
  void open();

  std::filesystem::path folder_;
  std::filesystem::path gathered_;
};

}  // namespace reelwright::clips

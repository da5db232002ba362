#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/temporary_folder.h"

namespace reelwright::stage {

/// How the results of a kind of job are known.
struct ResultNames {
  std::string_view what;                   ///< "clips", for messages
  std::string_view index;                  ///< the file that names all others
  std::vector<std::string_view> prefixes;  ///< of the names of the others
};

/// A file of a finished result.
struct FinishedFile {
  std::filesystem::path file;  ///< in the workspace, where it stays as it is until the job has ended
  std::string name;            ///< to be published under
};

/// The folder of results, which fills whole or not at all: files are gathered in a hidden folder, which
/// `publish` renames. Without `publish` nothing is left. What killed runs left behind is cleared away first.
class OutputFolder {
 public:
  /// Throws `conflict` where `folder` is a file, or holds anything and `overwrite` is not set, or holds
  /// anything but this program's own results; `forbidden` where it cannot be made.
  OutputFolder(const std::filesystem::path& folder, bool overwrite, ResultNames names);

  /// Copies `file` in under `name`. Throws `storage_full`.
  void add(const std::filesystem::path& file, std::string_view name);

  /// Writes a file of this content.
  void write(std::string_view name, std::string_view content);

  void publish();

 private:
  void move_in();

  std::filesystem::path folder_;
  ResultNames names_;
  bool stands_ = false;                              ///< before this run
  std::unique_ptr<core::TemporaryFolder> gathered_;  ///< until it is published
};

}  // namespace reelwright::stage

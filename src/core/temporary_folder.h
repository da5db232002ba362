#pragma once

#include <filesystem>
#include <memory>

#include "core/files.h"

namespace reelwright::core {

/// A hidden folder `.NAME.reelwright-PID-N` beside `NAME` for what is not yet whole. It is locked (flock) as
/// long as its maker runs, so that what a killed process left can be told from what another one is working
/// on, on whatever machine or in whatever container that one runs. Not thread-safe.
class TemporaryFolder {
 public:
  /// Makes the folder beside `place`, whose parent must stand. Throws `not_found`, `forbidden`,
  /// `storage_full`.
  explicit TemporaryFolder(const std::filesystem::path& place);

  /// Deletes the folder and all in it, unless it was renamed.
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Gives the folder its final name, of which it is no longer temporary. `place` must be free or an empty
  /// folder. Throws as the constructor does.
  void rename(const std::filesystem::path& place);

  /// Deletes what killed processes left beside `place`. Never throws: what cannot be deleted stays.
  static void sweep(const std::filesystem::path& place) noexcept;

 private:
  std::filesystem::path path_;
  std::unique_ptr<Descriptor> lock_;
};

}  // namespace reelwright::core

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/files.h"

namespace reelwright::inference {

/// The folder in which a model grows until it is whole (`incoming_folder`), and goes on growing in a later
/// process. Locked (flock) as long as the object lives; goes with it where it is empty. Not thread-safe.
class Incoming {
 public:
  /// Makes the folder where there is none. Throws `conflict` where another process is at it, `forbidden`,
  /// `storage_full`.
  Incoming(const std::filesystem::path& models_dir, const std::string& name);
  ~Incoming();
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  /// Gives the folder its final name, all at once. Throws `conflict` where something stands there.
  void rename(const std::filesystem::path& place);

  /// Takes away all that is in it but the files of these names.
  void clear_but(const std::vector<std::string>& names);

 private:
  std::filesystem::path path_;
  core::Descriptor lock_{-1};
};

}  // namespace reelwright::inference

#pragma once

#include <string>
#include <vector>

#include "storage/storage.h"

namespace reelwright::jobs {

/// Files that were put into the store for something that may still fail: they go again with this object
/// unless `keep` was called.
class PlacedFiles {
 public:
  explicit PlacedFiles(storage::Storage& storage) : storage_(storage) {}
  ~PlacedFiles();
  PlacedFiles(const PlacedFiles&) = delete;
  PlacedFiles& operator=(const PlacedFiles&) = delete;

  void put(const std::string& key, const std::filesystem::path& file);
  void copy(const std::string& from, const std::string& to);

  /// Whatever comes to lie below `prefix`, and the folder itself.
  void own(const std::string& prefix) { prefixes_.push_back(prefix); }

  void keep() { kept_ = true; }

 private:
  storage::Storage& storage_;
  std::vector<std::string> keys_{};
  std::vector<std::string> prefixes_{};
  bool kept_ = false;
};

}  // namespace reelwright::jobs

#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace reelwright::core {
class Descriptor;
}

namespace reelwright::stage {

/// What becomes of artifacts of the same name that were made from something else.
enum class Older {
  removed,  ///< at once
  kept,     ///< until `sweep`: several of one name may be wanted, or somebody may be reading them
};

/// The folder in which one job's artifacts lie. An artifact's file name carries a hash of what it was made
/// from, so what is still valid is found again, by the next run or on another day, and what is not is made
/// anew. One process at a time holds a workspace; not thread-safe.
class Workspace {
 public:
  /// Makes the folder where it is missing; the destructor takes it away again where nothing came into it.
  /// Throws `conflict` where another process holds it, `forbidden`, `storage_full`.
  explicit Workspace(std::filesystem::path folder);
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  struct Artifact {
    std::filesystem::path file;
    bool reused = false;  ///< it stood there already
  };

  /// The artifact `name` ("transcript.json") made from what `key` tells (code version, settings, digests of
  /// what is read). Where it is missing `make` writes it to the path it is given, which is renamed when
  /// whole. What `make` throws leaves nothing behind.
  Artifact produce(std::string_view name, std::string_view key,
                   const std::function<void(const std::filesystem::path&)>& make,
                   Older older = Older::removed);

  /// Removes the artifacts that nobody asked for since the workspace was opened: what an earlier run with
  /// other wishes needed.
  void sweep() const;

  const std::filesystem::path& folder() const { return folder_; }

  /// Deletes the folder and all in it; the workspace is not to be used afterwards.
  void remove();

 private:
  void remove_unfinished() const;
  void remove_older(std::string_view name, const std::filesystem::path& keep) const;

  std::filesystem::path folder_;
  bool made_ = false;  ///< by this object
  std::set<std::filesystem::path> used_;
  std::unique_ptr<core::Descriptor> lock_;
};

}  // namespace reelwright::stage

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/digest.h"
#include "core/files.h"

namespace reelwright::net {

/// A file that grows by a download and goes on where it stopped, in another process too. Beside it lies
/// `FILE.json`, which tells what it is a part of. Locked (flock) as long as the object lives. Not
/// thread-safe.
class PartialFile {
 public:
  /// Throws `conflict` where another process is at it, `forbidden`, `storage_full`.
  explicit PartialFile(std::filesystem::path file);

  /// What it is a part of: a URL and the version of what it serves, as the server named it (ETag or
  /// Last-Modified).
  struct Origin {
    std::string url{};
    std::string version{};

    bool operator==(const Origin&) const = default;
  };

  std::uint64_t size() const { return size_; }
  const Origin& origin() const { return origin_; }

  /// Empties it: what comes is a part of something else.
  void restart(const Origin& origin);

  void append(std::string_view bytes);

  /// Makes sure that what came outlives this process, so that the next one goes on behind it.
  void keep();

  /// SHA-256 of all of it; the object is not to be written to afterwards.
  std::string finish();

  /// Takes the file and what lies beside it away.
  void remove();

  /// The two files that belong to `file`.
  static std::filesystem::path note_beside(const std::filesystem::path& file);

 private:
  void resume();

  std::filesystem::path file_;
  core::Descriptor open_;
  Origin origin_;
  std::uint64_t size_ = 0;
  std::uint64_t noted_ = 0;  ///< bytes that are surely on the disk
  std::unique_ptr<core::Sha256> digest_;
};

}  // namespace reelwright::net

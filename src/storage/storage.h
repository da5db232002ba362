#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::storage {

/// What is known of a stored file without reading it.
struct Object {
  std::string key;
  std::uint64_t size = 0;
  std::string etag;  ///< strong, with its quotation marks; another one as soon as the bytes are others
  core::Moment modified;
};

/// Takes bytes as they come; false where it wants no more.
using Sink = std::function<bool(std::span<const std::byte>)>;

/// Where uploads, workspaces and results lie, by keys such as `results/clips/ID/clip_01.mp4` (`keys.h`). A
/// prefix is a folder of keys: it is empty or ends with `/`.
///
/// Thread-safe. Everything throws `core::Error`: `invalid_input` for a key or prefix that `check_key` does
/// not take, `not_found` for a key that is not there, `storage_full`, `forbidden`, `unavailable` where the
/// store cannot be reached just now.
class Storage {
 public:
  virtual ~Storage() = default;

  /// Stores a copy of `file`, in place of what was there: readers see the old or the whole new, never a part,
  /// and when it returns the new survives a loss of power. `file` must be a regular file and no link, and
  /// stays the caller's, but is not to be changed in place afterwards: both names may be of the same bytes.
  virtual void put(const std::string& key, const std::filesystem::path& file) = 0;

  /// Nothing where there is no such key.
  virtual std::optional<Object> stat(const std::string& key) = 0;

  /// Gives `sink` the bytes from `offset` on, `length` of them or as many as there are, in order.
  virtual void read(const std::string& key, std::uint64_t offset, std::uint64_t length, const Sink& sink) = 0;

  /// Where a key is a file of this machine, its path, to be read only; nothing for a store elsewhere.
  virtual std::optional<std::filesystem::path> local_file(const std::string& key) = 0;

  /// Where the keys of `prefix` are files of a folder of this machine, its path, which need not stand yet;
  /// nothing for a store elsewhere.
  virtual std::optional<std::filesystem::path> local_folder(const std::string& prefix) = 0;

  /// Calls `visit` with every object whose key begins with `prefix`, in no order. What changes meanwhile may
  /// be told or not.
  virtual void list(const std::string& prefix, const std::function<void(const Object&)>& visit) = 0;

  /// The next part of the keys below `prefix`, each once, sorted; folders end with `/`.
  virtual std::vector<std::string> children(const std::string& prefix) = 0;

  /// False where it was not there.
  virtual bool remove(const std::string& key) = 0;

  /// Removes every key below `prefix`, which must not be empty.
  virtual void remove_all(const std::string& prefix) = 0;

  /// The bytes of `from` under `to` as well, as `put` does it.
  virtual void copy(const std::string& from, const std::string& to) = 0;

  /// A URL by which anybody may read the key for `life`, saved by browsers as `filename`; nothing where the
  /// store has none and the service itself must serve the bytes.
  virtual std::optional<std::string> presign(const std::string& key, std::chrono::seconds life,
                                             const std::string& filename) = 0;

  /// Throws where nothing could be written just now.
  virtual void check() = 0;

  /// Room that is left; nothing where it has no end.
  virtual std::optional<std::uint64_t> free_bytes() = 0;

  /// Room that the keys of `prefix` take; what lies under several keys at once counts once.
  virtual std::uint64_t used_bytes(const std::string& prefix) = 0;

  /// Removes what interrupted writes left and nobody has touched since `before`.
  virtual void remove_leftovers(core::Moment before) = 0;
};

/// The store that STORAGE_TYPE and STORAGE_PATH name; makes its folders. Throws `forbidden`, `storage_full`.
std::unique_ptr<Storage> make_storage(const core::Config& config);

}  // namespace reelwright::storage

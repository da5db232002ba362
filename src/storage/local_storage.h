#pragma once

#include "core/files.h"
#include "storage/storage.h"

namespace reelwright::storage {

/// Keys as paths below one folder. A file on the same disk is not copied but linked (a hard link), so that a
/// recording or a clip is there once, whatever names it has. Links inside of the folder are refused, wherever
/// they point to. Several processes may use one folder.
class LocalStorage final : public Storage {
 public:
  /// Makes the folder where it is missing, readable to its owner alone; its parent must stand or be made.
  explicit LocalStorage(std::filesystem::path root);

  void put(const std::string& key, const std::filesystem::path& file) override;
  std::optional<Object> stat(const std::string& key) override;
  void read(const std::string& key, std::uint64_t offset, std::uint64_t length, const Sink& sink) override;
  std::optional<std::filesystem::path> local_file(const std::string& key) override;
  std::optional<std::filesystem::path> local_folder(const std::string& prefix) override;
  void list(const std::string& prefix, const std::function<void(const Object&)>& visit) override;
  std::vector<std::string> children(const std::string& prefix) override;
  bool remove(const std::string& key) override;
  void remove_all(const std::string& prefix) override;
  void copy(const std::string& from, const std::string& to) override;
  std::optional<std::string> presign(const std::string& key, std::chrono::seconds life,
                                     const std::string& filename) override;
  void check() override;
  std::optional<std::uint64_t> free_bytes() override;
  std::uint64_t used_bytes(const std::string& prefix) override;
  void remove_leftovers(core::Moment before) override;

 private:
  core::Descriptor open_root() const;
  std::optional<core::Descriptor> open_object(const std::string& key) const;
  void put_open(const std::string& key, const core::Descriptor& from);

  std::filesystem::path root_;
};

}  // namespace reelwright::storage

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/digest.h"

namespace reelwright::server {

/// The file of a resumable upload that grows. Its size is the offset: what arrived is there, whatever became
/// of the request or the program. One request at a time may write: a new one takes the pen away from the one
/// before, which may hang on a dead connection. Thread-safe.
class ResumableFile {
 public:
  /// Makes the file where it is missing and `create` is set. Throws `not_found`, `storage_full`.
  ResumableFile(std::filesystem::path file, bool create);
  ~ResumableFile();
  ResumableFile(const ResumableFile&) = delete;
  ResumableFile& operator=(const ResumableFile&) = delete;

  /// The right to write, until the next one is given out.
  std::uint64_t take_pen();

  std::uint64_t size();

  /// Appends where the file has `offset` bytes. Throws `conflict` where the pen is not the caller's any more
  /// or the file has another size.
  void append(std::uint64_t pen, std::uint64_t offset, std::string_view bytes);

  /// Takes back all behind `size`.
  void truncate(std::uint64_t pen, std::uint64_t size);

  /// Waits until all of it would survive a loss of power.
  void sync();

  /// SHA-256 of the whole; read again only where some of it came before this program ran.
  std::string digest();

 private:
  void require_pen(std::uint64_t pen) const;

  std::filesystem::path file_;
  std::mutex mutex_;
  int descriptor_;
  std::uint64_t size_;
  std::uint64_t pen_ = 0;
  std::unique_ptr<core::Sha256> hash_;  ///< of all of the file; null where that is not known
};

/// The files that are being written, each once.
class ResumableFiles {
 public:
  explicit ResumableFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Of the upload of that id. Throws `not_found` where it is missing and not to be made.
  std::shared_ptr<ResumableFile> open(const std::string& id, bool create);

  std::filesystem::path path(const std::string& id) const { return folder_ / (id + ".part"); }
  void forget(const std::string& id);

 private:
  std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<ResumableFile>> open_;
};

}  // namespace reelwright::server

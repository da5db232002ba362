#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "core/digest.h"
#include "core/files.h"
#include "jobs/submission.h"

namespace reelwright::server {

/// A file that comes in piece by piece, hashed on the way. It goes with the object, unless somebody has taken
/// it away by then.
class IncomingFile {
 public:
  /// Makes a file in `folder`. Throws `storage_full`, `forbidden`. `limit` in bytes.
  IncomingFile(const std::filesystem::path& folder, std::uint64_t limit);
  ~IncomingFile();
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;

  /// Throws `too_large` over the limit, `storage_full`.
  void write(std::string_view piece);

  /// All of it is there.
  jobs::ReceivedFile finish();

 private:
  std::filesystem::path file_;
  std::uint64_t limit_;
  std::uint64_t bytes_ = 0;
  core::Descriptor descriptor_;
  core::Sha256 digest_;
};

}  // namespace reelwright::server

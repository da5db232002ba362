#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "database/database.h"

namespace reelwright::database {

using core::Moment;

/// A row of `uploads`: a resumable upload (tus).
struct Upload {
  std::string id;
  std::string user_id;
  std::optional<std::int64_t> length{};  ///< in bytes; nothing while it is deferred
  std::int64_t received = 0;             ///< the offset
  std::string metadata{};                ///< the header `Upload-Metadata` as it was sent
  std::string request_id{};
  Moment created_at;
  Moment expires_at;
  std::string processing_id{};  ///< the job it started; empty before

  bool operator==(const Upload&) const = default;
};

/// Resumable uploads. Thread-safe.
class UploadTable {
 public:
  explicit UploadTable(Database& database) : database_(database) {}

  /// Throws `conflict` where there is one of that id.
  void insert(const Upload& upload);

  std::optional<Upload> find(const std::string& id);

  /// Sets the length that was deferred. False where it is known already, or below what was received.
  bool set_length(const std::string& id, std::int64_t length);

  /// Notes that bytes `from` to `to` are on disk, and lets it live until `expires_at`. False, and nothing
  /// changes, where the offset is not `from`.
  bool advance(const std::string& id, std::int64_t from, std::int64_t to, Moment expires_at);

  /// Sets the offset to what is really on disk.
  bool correct(const std::string& id, std::int64_t received);

  /// Names the job it started, once. False where it has one.
  bool finish(const std::string& id, const std::string& processing_id);

  bool remove(const std::string& id);

  /// Those whose life is over, the oldest first.
  std::vector<Upload> expired(Moment now, int limit = 100);

 private:
  Database& database_;
};

}  // namespace reelwright::database

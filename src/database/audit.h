#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"
#include "database/database.h"

namespace reelwright::database {

using core::Moment;

/// A row of `audit_log`: who did what that cannot be undone, or opens doors.
struct AuditEntry {
  std::int64_t id = 0;  ///< given when it is written; only ever grows
  Moment at;
  std::string user_id{};  ///< empty: from the command line
  std::string key_id{};
  std::string address{};
  std::string request_id{};
  std::string action;  ///< `job.deleted`, `key.created`, `key.revoked`, `key.rotated`, `secret.rotated`, ...
  std::string subject{};  ///< id of what it was done to

  bool operator==(const AuditEntry&) const = default;
};

/// Thread-safe.
class AuditTable {
 public:
  explicit AuditTable(Database& database) : database_(database) {}

  void note(const AuditEntry& entry);

  /// The newest first, of ids below `before` (0: all).
  std::vector<AuditEntry> list(std::int64_t before, int limit);

 private:
  Database& database_;
};

}  // namespace reelwright::database

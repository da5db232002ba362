#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"
#include "database/database.h"

namespace reelwright::database {

using core::Moment;

/// What a user did on one day (UTC). Jobs that were deleted since count too. A job counts as made on the day
/// it was made, as ended on the day it ended.
struct UsageDay {
  std::string user_id;
  std::string day;        ///< `2027-01-15`
  std::int64_t jobs = 0;  ///< made
  std::int64_t completed = 0;
  std::int64_t failed = 0;
  std::int64_t cancelled = 0;
  std::int64_t started = 0;
  double source_seconds = 0;      ///< of recordings
  double waiting_seconds = 0;     ///< before they were started, of the `started`
  double processing_seconds = 0;  ///< from then to their end, of the `completed` and `failed`
  std::int64_t uploaded_bytes = 0;
  double cost = 0;  ///< US dollars

  bool operator==(const UsageDay&) const = default;
};

/// What quotas are held against.
struct UsageNow {
  std::int64_t jobs_today = 0;
  double source_seconds_today = 0;
  std::int64_t stored_bytes = 0;  ///< of jobs and of unfinished uploads
  double cost_this_month = 0;
};

/// What users use. Counted in the transactions of `JobTable` and `Ledger`. Thread-safe.
class UsageTable {
 public:
  explicit UsageTable(Database& database) : database_(database) {}

  UsageNow now(const std::string& user_id, Moment now);

  /// The days from that of `from` to that of `to`, of one user or, where it is empty, of all; by day, then
  /// user. Days without anything are left out.
  std::vector<UsageDay> days(const std::string& user_id, Moment from, Moment to);

  /// What the jobs and unfinished uploads of a user take, of all users where it is empty.
  std::int64_t stored_bytes(const std::string& user_id);

 private:
  Database& database_;
};

}  // namespace reelwright::database

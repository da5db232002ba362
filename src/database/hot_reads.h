#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/database.h"
#include "database/job.h"
#include "database/keys.h"

namespace reelwright::database {

/// What the check of a key needs to know.
struct KeyFacts {
  std::string id;
  std::string user_id;
  Scopes scopes{};
  std::optional<Moment> expires_at{};
  bool revoked = false;
  std::optional<Moment> last_used_at{};

  bool is_good(Moment now) const { return !revoked && (!expires_at || now < *expires_at); }
  /// Whether `KeyTable::note_use` is due.
  bool use_is_old(Moment now) const {
    return !last_used_at || now - *last_used_at >= std::chrono::minutes(1);
  }
};

/// What the status document needs of a job's row.
struct JobFacts {
  std::string processing_id;
  std::string user_id;
  std::string kind;
  JobStatus status = JobStatus::queued;
  int attempt = 0;
  bool cancel_requested = false;
  int progress_percentage = 0;
  std::string stage;
  std::optional<double> seconds_left{};
  std::string warnings;            ///< JSON array
  std::vector<JobError> errors{};  ///< the oldest first
  Moment created_at;
  std::optional<Moment> started_at{};
  std::optional<Moment> completed_at{};
  std::string original_filename;
  std::optional<int> num_clips_requested{};
  std::optional<std::string> aspect_ratio{};
  std::optional<std::string> batch_id{};
  int results = 0;  ///< published so far
  std::int64_t revision = 0;
};

/// The two reads of every status call, each a few microseconds: connections with their statements are kept
/// beside the pool. Sees what was committed before the call. Thread-safe; outlived by the database's file,
/// not necessarily by `Database`.
class HotReads {
 public:
  explicit HotReads(Database& database);
  ~HotReads();
  HotReads(const HotReads&) = delete;
  HotReads& operator=(const HotReads&) = delete;

  /// By `token_hash`. Whether it is good is for the caller to ask. Nothing where there is none.
  std::optional<KeyFacts> key(std::string_view hash);

  std::optional<JobFacts> job(std::string_view processing_id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::database

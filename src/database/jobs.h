#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "database/database.h"

namespace reelwright::database {

using core::Moment;

enum class JobStatus { queued, processing, completed, failed, cancelled };

/// The name as it stands in JSON and SQL.
std::string_view name(JobStatus status);

struct NewJob {
  std::string processing_id;
  std::string kind;  ///< which pipeline: `clips`, `stories`
  std::string user_id;
  std::string settings;  ///< JSON, for the pipeline alone to understand
  int priority = 0;      ///< the greater goes first
  int most_attempts = 3;
};

/// Why an attempt at a job failed.
struct JobError {
  std::string code;
  std::string message;  ///< for the user
  std::string stage;
  bool retryable = false;

  bool operator==(const JobError&) const = default;
};

/// A row of `jobs`; `settings` and `warnings` are JSON.
struct Job {
  std::string processing_id;
  std::string kind;
  std::string user_id;
  std::string settings;
  JobStatus status = JobStatus::queued;
  int priority = 0;
  int attempt = 0;  ///< how often it was claimed
  int most_attempts = 0;
  bool cancel_requested = false;
  int progress_percentage = 0;
  std::string stage;
  std::optional<double> seconds_left{};
  std::string warnings;
  Moment run_after;
  std::optional<std::string> lease_owner;
  std::optional<Moment> lease_until;
  Moment created_at;
  std::optional<Moment> started_at;
  std::optional<Moment> completed_at;
};

/// The right to work on a job: what a worker shows with every write. Once another has claimed the job, or it
/// was cancelled, handed back or deleted, no write of this claim changes anything.
struct Claim {
  std::string processing_id;
  int attempt = 0;
};

struct Progress {
  int percentage = 0;
  std::string stage;
  std::optional<double> seconds_left{};
  std::string warnings = "[]";
};

/// The life of jobs. The row is the truth: every change is one statement that names the state it starts from,
/// so of two who try at once one wins and the other is told. `now` is given by the caller.
class JobTable {
 public:
  explicit JobTable(Database& database) : database_(database) {}

  /// Throws `conflict` where there is a job of that identity.
  void insert(const NewJob& job, Moment now);

  std::optional<Job> find(const std::string& processing_id);

  /// The job that should run next: due, the greatest priority first, then the oldest. A job whose worker let
  /// its lease run out counts as due. Claims nothing.
  std::optional<std::string> next_due(Moment now);

  /// Takes a due job for `owner` until `until`; nothing where somebody else was faster, or it is not due.
  std::optional<Claim> claim(const std::string& processing_id, const std::string& owner, Moment now,
                             Moment until);

  /// Each returns false, and changes nothing, where the claim is no longer good.
  bool renew(const Claim& claim, Moment until);
  bool report(const Claim& claim, const Progress& progress);
  bool complete(const Claim& claim, Moment now);
  bool fail(const Claim& claim, const JobError& error, Moment now);
  /// Ends it as cancelled.
  bool stop(const Claim& claim, Moment now);
  /// Queues it again, to run at `run_after`.
  bool retry_later(const Claim& claim, const JobError& error, Moment now, Moment run_after);
  /// Queues it again at once, as if it had not been claimed: its worker shuts down.
  bool hand_back(const Claim& claim, Moment now);

  /// What went wrong so far, the oldest first.
  std::vector<JobError> errors(const std::string& processing_id);

  /// Asks for the end of a job: one that waits is cancelled at once, one that runs is told by
  /// `cancel_requested`. Returns the status after that; nothing where there is no such job.
  std::optional<JobStatus> cancel(const std::string& processing_id, Moment now);

  /// Queues a failed or cancelled job once more, its attempts counted anew. False where it is neither.
  bool retry(const std::string& processing_id, Moment now);

  /// Removes the row and all that belongs to it. False where there is none.
  bool remove(const std::string& processing_id);

 private:
  Database& database_;
};

}  // namespace reelwright::database

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/job.h"

namespace reelwright::database {

/// What is asked of a job anew: settings as JSON, and what of them the row shows. Null leaves a value.
struct Rework {
  std::string settings;
  std::optional<std::string> inputs{};
  std::optional<int> num_clips_requested{};
  std::optional<std::string> aspect_ratio{};
};

/// Bytes that a job takes in the storage. Null leaves a value.
struct StoredBytes {
  std::optional<std::int64_t> source{};
  std::optional<std::int64_t> workspace{};
  std::optional<std::int64_t> results{};
};

/// The life of jobs. The row is the truth: every change names the state it starts from, so of two who try at
/// once one wins and the other is told. Each change that a user can see gives the row the next revision,
/// tells the blueprint's table of its kind and, where the job has a `webhook_url`, writes the delivery, all
/// in one transaction. `now` is given by the caller. Thread-safe.
class JobTable {
 public:
  explicit JobTable(Database& database) : database_(database) {}

  /// Throws `conflict` where there is a job of that identity.
  void insert(const NewJob& job, Moment now);

  std::optional<Job> find(const std::string& processing_id);

  /// The job that should run next: due, the greatest priority first, then the one that waits longest. Claims
  /// nothing. Empty `kinds` are all.
  std::optional<std::string> next_due(std::span<const std::string> kinds, Moment now);

  /// Takes that job for `owner` until `until`, after `release_lost`; nothing where none is due.
  std::optional<Claim> claim_next(std::span<const std::string> kinds, const std::string& owner, Moment now,
                                  Moment until);

  /// Takes a certain job; nothing where somebody else was faster, or it is not due.
  std::optional<Claim> claim(const std::string& processing_id, const std::string& owner, Moment now,
                             Moment until);

  /// Ends the claims of workers that let their lease run out: the job waits again where it did, unless its
  /// attempts are used up (then it has failed) or its end was asked for. No lease may be longer than `until`:
  /// one that is comes from before the clock was set back, and is cut. Returns how many claims it ended.
  int release_lost(Moment now, Moment until);

  /// Each returns false, and changes nothing, where the claim is no longer good.
  bool renew(const Claim& claim, Moment until);
  bool report(const Claim& claim, const Progress& progress);
  bool note_source(const Claim& claim, std::optional<double> seconds, const std::string& container,
                   Moment now);
  bool note_stage(const Claim& claim, const StageCost& cost, Moment now);
  bool complete(const Claim& claim, Moment now);
  /// `dead` where the error is retryable: then it ends because there is no attempt left.
  bool fail(const Claim& claim, const JobError& error, Moment now);
  /// Ends it as cancelled.
  bool stop(const Claim& claim, Moment now);
  /// Queues it again, to run at `run_after`.
  bool retry_later(const Claim& claim, const JobError& error, Moment now, Moment run_after);
  /// Queues it again at once, as if it had not been claimed: its worker shuts down.
  bool hand_back(const Claim& claim, Moment now);

  /// What went wrong so far, the oldest first.
  std::vector<JobError> errors(const std::string& processing_id);

  /// What the stages cost, the oldest first.
  std::vector<StageCost> stages(const std::string& processing_id);

  /// Asks for the end of a job: one that waits is cancelled at once, one that runs is told by
  /// `cancel_requested`. Returns the status after that; nothing where there is no such job.
  std::optional<JobStatus> cancel(const std::string& processing_id, Moment now);

  /// Queues a failed or cancelled job once more, its attempts counted anew. False where it is neither.
  bool retry(const std::string& processing_id, Moment now);

  /// Changes what is asked of a job that does not run, and with `requeue` queues it once more whatever became
  /// of it before. What it published stays. Throws `not_found`, and `conflict` where it runs.
  void update_settings(const std::string& processing_id, const Rework& rework, bool requeue, Moment now);

  /// Notes what the job takes in the storage. No change that a user sees. False where there is no such job.
  bool note_stored(const std::string& processing_id, const StoredBytes& bytes);

  /// Removes the row and all that belongs to it. False where there is none.
  bool remove(const std::string& processing_id, Moment now);

 private:
  Database& database_;
};

}  // namespace reelwright::database

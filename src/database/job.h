#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace reelwright::database {

using core::Moment;

enum class JobStatus { queued, processing, completed, failed, cancelled };

/// The name as it stands in JSON and SQL.
std::string_view name(JobStatus status);

/// Nothing for a word that is no status.
std::optional<JobStatus> status_named(std::string_view text);

/// What a new job is made from. Texts that are called JSON are stored as they are.
struct NewJob {
  std::string processing_id;
  std::string kind;  ///< which pipeline: `clips`, `stories`
  std::string user_id;
  std::string settings;       ///< JSON, for the pipeline alone to understand
  std::string inputs = "{}";  ///< JSON: role of a file -> its key in the storage
  int priority = 0;           ///< the greater goes first
  int most_attempts = 3;
  std::optional<Moment> run_after{};  ///< not to be started before
  std::string original_filename{};    ///< as the user named it
  std::optional<int> num_clips_requested{};
  std::optional<std::string> aspect_ratio{};
  std::optional<std::string> webhook_url{};  ///< told of what becomes of the job
  std::optional<std::string> batch_id{};
  std::string request_id{};       ///< of the request that made it
  std::int64_t source_bytes = 0;  ///< of all its inputs
  std::string source_digest{};    ///< SHA-256 of the source; may be empty
};

/// Why an attempt at a job failed.
struct JobError {
  std::string code;
  std::string message;  ///< for the user
  std::string stage{};
  bool retryable = false;

  bool operator==(const JobError&) const = default;
};

/// A row of `jobs`.
struct Job {
  std::string processing_id;
  std::string kind;
  std::string user_id;
  std::string settings;
  std::string inputs;
  JobStatus status = JobStatus::queued;
  int priority = 0;
  int attempt = 0;          ///< how often it was claimed; only ever grows
  int failed_attempts = 0;  ///< since it was last asked for
  int most_attempts = 0;    ///< failed ones that end it
  bool dead = false;        ///< failed because its attempts were used up
  bool cancel_requested = false;
  int progress_percentage = 0;
  std::string stage{};
  std::optional<double> seconds_left{};
  std::string warnings;  ///< JSON array
  Moment queued_at;
  std::optional<Moment> run_after{};
  std::optional<std::string> lease_owner{};
  std::optional<Moment> lease_until{};
  Moment created_at;
  std::optional<Moment> started_at{};  ///< the first time
  std::optional<Moment> completed_at{};
  std::string original_filename{};
  std::optional<int> num_clips_requested{};
  std::optional<std::string> aspect_ratio{};
  std::optional<std::string> webhook_url{};
  std::optional<std::string> batch_id{};
  std::string request_id{};
  std::optional<double> source_seconds{};
  std::string source_container;
  std::string source_digest{};
  std::int64_t source_bytes = 0;
  std::int64_t workspace_bytes = 0;
  std::int64_t result_bytes = 0;
  int results = 0;                          ///< published so far
  std::optional<std::string> error_code{};  ///< why it failed, where it did
  std::optional<std::string> error_message{};
  std::int64_t revision = 0;  ///< of its last change, in the order of all changes of all jobs

  bool ended() const { return status != JobStatus::queued && status != JobStatus::processing; }
  /// Whether a failure of the attempt that runs would be the last one.
  bool last_attempt() const { return failed_attempts + 1 >= most_attempts; }
};

/// The right to work on a job: what a worker shows with every write. Once another has claimed the job, or it
/// was cancelled, handed back or deleted, no write of this claim changes anything.
struct Claim {
  std::string processing_id;
  int attempt = 0;
};

struct Progress {
  int percentage = 0;
  std::string stage{};
  std::optional<double> seconds_left{};
  std::string warnings = "[]";
};

/// What one stage of an attempt cost.
struct StageCost {
  std::string stage{};
  double seconds = 0;
  double cpu_seconds = 0;
  double peak_mib = 0;
  bool reused = false;

  bool operator==(const StageCost&) const = default;
};

}  // namespace reelwright::database

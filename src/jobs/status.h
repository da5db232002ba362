#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "database/hot_reads.h"
#include "database/job.h"
#include "jobs/clip_status.h"
#include "jobs/pipeline.h"

namespace reelwright::jobs {

/// What the status call answers, each event of a job carries and webhooks send. Moments are RFC 3339.
struct StatusDocument {
  std::string processing_id;
  std::string kind;
  std::string status;
  int progress_percentage = 0;
  std::string stage;  ///< what is done just now; after a failure, where it happened
  std::optional<double> seconds_left;
  std::vector<core::Warning> warnings;
  std::optional<database::JobError> error;  ///< why it failed, where it did
  std::vector<database::JobError> errors;   ///< of all attempts, the last ten of them
  int attempt = 0;
  bool cancel_requested = false;
  std::string created_at;
  std::optional<std::string> started_at;
  std::optional<std::string> completed_at;
  std::string original_filename;
  std::optional<int> num_clips_requested;
  std::optional<std::string> aspect_ratio;
  std::optional<std::string> batch_id;
  int num_clips_ready = 0;
  std::vector<StatusClip> clips;
};

/// The document as JSON; absent values are null. Costs a few microseconds where nothing is published yet. A
/// job of a kind that is in no `pipelines` shows no clips. Where it would be larger than `most_bytes`, clips
/// at the end are left out; `num_clips_ready` counts them still.
std::string status_json(database::Database& database, const Pipelines& pipelines,
                        const database::JobFacts& job, std::size_t most_bytes = static_cast<std::size_t>(-1));

/// A job in a list: the same without clips and with only the last error, and whose it is and what it takes.
struct JobSummary {
  std::string processing_id;
  std::string kind;
  std::string status;
  int progress_percentage = 0;
  std::string stage;
  std::optional<double> seconds_left;
  std::vector<core::Warning> warnings;
  std::optional<std::string> error_code;
  std::optional<std::string> error_message;
  int attempt = 0;
  bool cancel_requested = false;
  std::string created_at;
  std::optional<std::string> started_at;
  std::optional<std::string> completed_at;
  std::string original_filename;
  std::optional<int> num_clips_requested;
  std::optional<std::string> aspect_ratio;
  std::optional<std::string> batch_id;
  int num_clips_ready = 0;
  std::string user_id;
  int priority = 0;
  std::optional<double> source_seconds;
  std::int64_t storage_bytes = 0;  ///< of source, workspace and results
};
std::string summary_json(const database::Job& job);

}  // namespace reelwright::jobs

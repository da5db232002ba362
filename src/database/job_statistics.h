#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/job.h"

namespace reelwright::database {

/// How many jobs of a kind are in a state.
struct JobCount {
  std::string kind;
  JobStatus status = JobStatus::queued;
  std::int64_t jobs = 0;

  bool operator==(const JobCount&) const = default;
};

/// Those that there are, by kind, then status.
std::vector<JobCount> count_jobs(Database& database);

/// The jobs that could run now.
struct QueueDepth {
  std::int64_t jobs = 0;
  std::optional<double> oldest_seconds{};  ///< for how long the oldest waits
};
QueueDepth queue_depth(Database& database, Moment now);

/// A row of `job_stages` with what it belongs to.
struct StageRecord {
  std::int64_t id = 0;  ///< only ever grows
  std::string processing_id;
  std::string kind;
  StageCost cost;
  Moment at;
};

/// The stages noted after the one of that id, the oldest first: metrics read on from where they were.
std::vector<StageRecord> stages_after(Database& database, std::int64_t id, int limit = 1000);

}  // namespace reelwright::database

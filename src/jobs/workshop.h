#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/context.h"
#include "database/database.h"
#include "database/job.h"
#include "jobs/changes.h"
#include "jobs/child_end.h"
#include "jobs/leases.h"
#include "jobs/pipeline.h"
#include "jobs/queue.h"
#include "jobs/retry_policy.h"
#include "jobs/spawn.h"
#include "net/api_client.h"
#include "storage/storage.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::jobs {

/// Brings the inputs of a job to this machine: `InputFiles::collect`.
using Collect = std::function<std::map<std::string, std::filesystem::path>(
    const database::Job&, const database::Claim&, const core::Context&)>;

/// What a worker works with. All outlive it.
struct Workshop {
  database::Database& database;
  storage::Storage& storage;
  Changes& changes;
  Queue& queue;
  const Pipelines& pipelines;
  Collect collect;
  const net::Vendors& vendors;  ///< what jobs may call
};

/// How a worker works.
struct WorkerOptions {
  int concurrency = 1;   ///< jobs at a time
  unsigned threads = 1;  ///< of each
  ChildLimits limits{};
  LeaseTerms lease{};
  RetryPolicy retry{};
  std::chrono::milliseconds grace = std::chrono::seconds(30);      ///< for running jobs when it is to stop
  std::chrono::milliseconds look_every = std::chrono::seconds(1);  ///< for jobs whose time has come
  std::chrono::seconds longest_source = std::chrono::hours(12);
  bool sandbox_required = false;
  double job_budget = 0;  ///< US dollars; 0: any
  Program program{};
  std::vector<std::filesystem::path> readable{};  ///< for jobs, beside their inputs: models
};

/// As the settings have it.
WorkerOptions worker_options(const core::Config& config);

}  // namespace reelwright::jobs

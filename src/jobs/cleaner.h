#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <thread>

#include "core/time.h"
#include "database/database.h"
#include "jobs/pipeline.h"
#include "storage/storage.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::jobs {

/// Takes away what nobody needs: recordings, workspaces and results when their time after the job's end is
/// over (KEEP_UPLOADS_DAYS, KEEP_WORKSPACES_DAYS, KEEP_RESULTS_DAYS), uploads that were never finished, files
/// of no job, and rows that only served a while. Files of a job that waits or runs are never touched. Several
/// processes may do so at once. Thread-safe.
class Cleaner {
 public:
  /// All outlive it. Starts nothing.
  Cleaner(database::Database& database, storage::Storage& storage, const Pipelines& pipelines,
          const core::Config& config);

  /// What a round took away.
  struct Report {
    int uploads = 0;  ///< recordings and transcripts
    int workspaces = 0;
    int results = 0;     ///< of jobs
    int unfinished = 0;  ///< uploads that did not become a job
    int orphans = 0;     ///< files and folders of no job
    int rows = 0;

    bool operator==(const Report&) const = default;
  };

  /// One round. What cannot be removed is told to the log and stays for the next. Throws what the database
  /// throws.
  Report clean(core::Moment now, const std::stop_token& stop = {});

  /// A round now and one every hour, on a thread that ends with the object; none after the clock was set.
  void start();

 private:
  database::Database& database_;
  storage::Storage& storage_;
  const Pipelines& pipelines_;
  const core::Config& config_;
  std::jthread thread_;
};

}  // namespace reelwright::jobs

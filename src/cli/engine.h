#pragma once

#include <memory>

#include "core/config.h"
#include "database/database.h"
#include "jobs/changes.h"
#include "jobs/pipeline.h"
#include "storage/storage.h"

namespace reelwright::cli {

/// What `serve`, `api` and `worker` stand on: the database, the files, the hub of changes, the kinds of jobs;
/// and what works on them in the background.
class Engine {
 public:
  /// Opens everything, makes what is missing and says in the log how it is set. `config` outlives it. Throws
  /// what database and storage throw.
  explicit Engine(const core::Config& config);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  database::Database& database();
  storage::Storage& storage();
  jobs::Changes& changes();
  const jobs::Pipelines& pipelines() const;

  /// Starts what does the jobs.
  void work();

  /// Starts what delivers webhooks and clears away what is old.
  void look_after();

  /// Running jobs get their grace.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::cli

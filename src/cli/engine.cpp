#include "cli/engine.h"

#include <fmt/format.h>

#include <optional>

#include "cli/vendors.h"
#include "core/log.h"
#include "database/hot_reads.h"
#include "database/open.h"
#include "jobs/cleaner.h"
#include "jobs/clip_pipeline.h"
#include "jobs/database_queue.h"
#include "jobs/fetch.h"
#include "jobs/status.h"
#include "jobs/webhooks.h"
#include "jobs/worker.h"

namespace reelwright::cli {

namespace {

constexpr int connections = 8;

std::vector<std::string> kinds_of(const jobs::Pipelines& pipelines) {
  std::vector<std::string> kinds;
  for (const jobs::Pipeline* pipeline : pipelines) kinds.emplace_back(pipeline->kind());
  return kinds;
}

}  // namespace

struct Engine::State {
  explicit State(const core::Config& c)
      : config(c),
        vendors(vendors_of(c)),
        opened(database::open_database(c, connections)),
        storage(storage::make_storage(c)),
        changes(database),
        queue(database, changes, kinds_of(pipelines)),
        inputs(database, *storage, c),
        reads(database) {}

  std::optional<std::string> document(const std::string& processing_id, std::size_t most_bytes) {
    const auto job = reads.job(processing_id);
    return job ? std::optional(jobs::status_json(database, pipelines, *job, most_bytes)) : std::nullopt;
  }

  const core::Config& config;
  const net::Vendors vendors;
  const jobs::ClipPipeline clips;
  const jobs::Pipelines pipelines{&clips};
  std::unique_ptr<database::Database> opened;
  database::Database& database = *opened;
  std::unique_ptr<storage::Storage> storage;
  jobs::Changes changes;
  jobs::DatabaseQueue queue;
  jobs::InputFiles inputs;
  database::HotReads reads;
  // In the order in which they may go: whoever is told of changes goes before the hub.
  std::optional<jobs::Cleaner> cleaner;
  std::optional<jobs::Webhooks> webhooks;
  jobs::Changes::Subscription webhooks_woken;
  std::optional<jobs::Worker> worker;
};

Engine::Engine(const core::Config& config) : state_(std::make_unique<State>(config)) {}
Engine::~Engine() = default;

database::Database& Engine::database() { return state_->database; }
storage::Storage& Engine::storage() { return *state_->storage; }
jobs::Changes& Engine::changes() { return state_->changes; }
const jobs::Pipelines& Engine::pipelines() const { return state_->pipelines; }

void Engine::work() {
  State& s = *state_;
  const auto collect = [&s](const database::Job& job, const database::Claim& claim,
                            const core::Context& context) { return s.inputs.collect(job, claim, context); };
  s.worker.emplace(
      jobs::Workshop{s.database, *s.storage, s.changes, s.queue, s.pipelines, collect, s.vendors},
      jobs::worker_options(s.config));
  s.worker->start();
}

void Engine::look_after() {
  State& s = *state_;
  s.webhooks.emplace(s.database, s.config, [&s](const std::string& id, std::size_t most_bytes) {
    return s.document(id, most_bytes);
  });
  s.webhooks_woken = s.changes.subscribe([&s](const database::Change&) { s.webhooks->wake(); });
  s.cleaner.emplace(s.database, *s.storage, s.pipelines, s.config);
  s.cleaner->start();
}

void Engine::stop() {
  if (state_->worker) state_->worker->stop();
}

}  // namespace reelwright::cli

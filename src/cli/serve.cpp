#include <fmt/format.h>

#include <condition_variable>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>

#include "cli/command.h"
#include "cli/engine.h"
#include "cli/interrupt.h"
#include "cli/setting_flags.h"
#include "core/log.h"
#include "server/service.h"

namespace reelwright::cli {

namespace {

/// Which halves of the program run.
struct Halves {
  bool http = true;
  bool worker = true;
};

void wait_for(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, stop, [] { return false; });
}

void announce(const server::Service& service) {
  core::log::info("service.started", {{"address", service.address()}, {"version", REELWRIGHT_VERSION}});
  std::cerr << fmt::format("Reelwright is at {}   (its API as a page: {}/docs)\n", service.address(),
                           service.address());
  if (service.is_open())
    std::cerr << "No keys are needed from this machine. `reelwright keys create` makes the first one.\n";
}

void run(const core::Config& config, Halves halves) {
  core::log::configure(config.text("LOG_LEVEL"), config.text("LOG_FORMAT"));
  const std::stop_token stop = stop_on_interrupt();
  Engine engine(config);
  std::optional<server::Service> service;
  if (halves.http)
    service.emplace(config, engine.database(), engine.storage(), engine.changes(), engine.pipelines());
  if (halves.worker) engine.work();
  engine.look_after();
  if (service) announce(*service);
  if (!service)
    core::log::info("worker.started",
                    {{"jobs", config.integer("WORKER_CONCURRENCY")}, {"version", REELWRIGHT_VERSION}});
  wait_for(stop);
  core::log::info("service.stopping", {});
  if (service) service->stop();
  engine.stop();
}

void add(CLI::App& app, const char* name, const char* help, Halves halves, const char* examples) {
  auto inputs = std::make_shared<core::Config::Inputs>();
  auto* command = app.add_subcommand(name, help);
  add_setting_flags(*command, *inputs,
                    {core::SettingGroup::service, core::SettingGroup::machine, core::SettingGroup::clips});
  command->footer(examples);
  command->callback([inputs, halves] { run(core::Config::load(*inputs), halves); });
}

}  // namespace

void add_serve(CLI::App& app) {
  add(app, "serve",
      "The whole service on this machine: HTTP, queue and worker, with nothing else to install.", {},
      "Ctrl-C stops it: jobs that run get GRACE_SECONDS and then wait for the next start; a second Ctrl-C "
      "ends it at once.\n"
      "Examples:\n"
      "  reelwright serve\n"
      "  reelwright serve --port 9000 --worker-concurrency 2\n"
      "  curl -F file=@talk.mp4 http://127.0.0.1:8000/api/upload-video");
}

void add_api(CLI::App& app) {
  add(app, "api", "The HTTP half of the service alone; `reelwright worker` is the other.",
      {.http = true, .worker = false},
      "Examples:\n"
      "  reelwright api --host 0.0.0.0");
}

void add_worker(CLI::App& app) {
  add(app, "worker", "The half of the service that does the jobs; `reelwright api` is the other.",
      {.http = false, .worker = true},
      "Both halves use the same DATABASE_URL and STORAGE_PATH.\n"
      "Examples:\n"
      "  reelwright worker --worker-concurrency 2");
}

}  // namespace reelwright::cli

#include "jobs/cleaner.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "core/log.h"
#include "jobs/cleaner_round.h"

namespace reelwright::jobs {

namespace {

using namespace std::chrono_literals;

constexpr auto every = 1h;
constexpr auto largest_jump = 5min;

/// Sees that the clock on the wall was set: by it files would be too old that are not.
class ClockWatch {
 public:
  bool jumped() {
    const auto wall = std::chrono::system_clock::now();
    const auto steady = std::chrono::steady_clock::now();
    const auto jump = (wall - wall_) - (steady - steady_);
    wall_ = wall;
    steady_ = steady;
    return std::chrono::abs(jump) > largest_jump;
  }

 private:
  std::chrono::system_clock::time_point wall_ = std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point steady_ = std::chrono::steady_clock::now();
};

void tell(const Cleaner::Report& report) {
  if (report == Cleaner::Report{}) return;
  core::log::info("cleaner.removed", {{"uploads", report.uploads},
                                      {"workspaces", report.workspaces},
                                      {"results", report.results},
                                      {"unfinished", report.unfinished},
                                      {"orphans", report.orphans},
                                      {"rows", report.rows}});
}

}  // namespace

Cleaner::Cleaner(database::Database& database, storage::Storage& storage, const Pipelines& pipelines,
                 const core::Config& config)
    : database_(database), storage_(storage), pipelines_(pipelines), config_(config) {}

Cleaner::Report Cleaner::clean(core::Moment now, const std::stop_token& stop) {
  const Report report = CleanerRound(database_, storage_, pipelines_, config_, now, stop).run();
  tell(report);
  return report;
}

void Cleaner::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) {
    ClockWatch clock;
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      try {
        if (clock.jumped())
          core::log::warning("cleaner.skipped", {{"reason", "the clock was set"}});
        else
          clean(core::now(), stop);
      } catch (const std::exception& error) {
        core::log::warning("cleaner.failed", {{"reason", std::string_view(error.what())}});
      }
      never.wait_for(lock, stop, every, [] { return false; });
    }
  });
}

}  // namespace reelwright::jobs

#include <algorithm>
#include <filesystem>
#include <thread>

#include "core/config.h"
#include "jobs/workshop.h"

namespace reelwright::jobs {

namespace {

/// The settings of clips and of the machine go to the child by its command line: it has no other.
Program program_of(const core::Config& config) {
  Program program;
  for (const core::Config::Value& value : config.values()) {
    const core::Setting& setting = *value.setting;
    if (setting.group == core::SettingGroup::service || value.text.empty()) continue;
    program.arguments.emplace_back(setting.flag);
    program.arguments.push_back(value.text);
  }
  return program;
}

unsigned threads_of(const core::Config& config, int concurrency) {
  if (const int threads = config.integer("THREADS"); threads > 0) return static_cast<unsigned>(threads);
  return std::max(1U, std::thread::hardware_concurrency() / static_cast<unsigned>(concurrency));
}

}  // namespace

WorkerOptions worker_options(const core::Config& config) {
  WorkerOptions options;
  options.concurrency = config.integer("WORKER_CONCURRENCY");
  options.threads = threads_of(config, options.concurrency);
  options.limits.time = std::chrono::minutes(config.integer("JOB_MINUTES"));
  options.limits.memory_mib = config.integer("JOB_MEMORY_MB");
  options.limits.disk_mib = config.integer("JOB_DISK_MB");
  options.grace = std::chrono::seconds(config.integer("GRACE_SECONDS"));
  options.longest_source = std::chrono::minutes(config.integer("MAX_SOURCE_MINUTES"));
  options.sandbox_required = config.text("SANDBOX") == "required";
  options.program = program_of(config);
  if (const auto model = config.path("DETECTOR_MODEL"); !model.empty())
    options.readable.push_back(std::filesystem::absolute(model));
  return options;
}

}  // namespace reelwright::jobs

#include <algorithm>
#include <filesystem>
#include <thread>

#include "core/config.h"
#include "inference/named_model.h"
#include "jobs/workshop.h"
#include "speech/aligner.h"
#include "speech/ctc_model.h"

namespace reelwright::jobs {

namespace {

/// Empty where no file is named. A job may read no folder of models, so a name becomes the file that it
/// means.
std::string transcriber_file(const core::Config& config) {
  const std::string& name = config.text("TRANSCRIBER_MODEL");
  if (name.empty() || config.text("TRANSCRIBER") == "openai") return {};
  return inference::named_weights(name, inference::Role::transcriber, config.path("MODELS_DIR"),
                                  config.path("MODELS_REGISTRY"))
      .string();
}

/// The settings of clips and of the machine go to the child by its command line: it has no other.
Program program_of(const core::Config& config, const std::string& transcriber) {
  Program program;
  for (const core::Config::Value& value : config.values()) {
    const core::Setting& setting = *value.setting;
    // Secrets have no flag: they stay here, where the calls that need them are made.
    if (setting.group == core::SettingGroup::service || setting.flag.empty() || value.text.empty()) continue;
    program.arguments.emplace_back(setting.flag);
    program.arguments.push_back(setting.name == "TRANSCRIBER_MODEL" && !transcriber.empty() ? transcriber
                                                                                            : value.text);
  }
  return program;
}

unsigned threads_of(const core::Config& config, int concurrency) {
  if (const int threads = config.integer("THREADS"); threads > 0) return static_cast<unsigned>(threads);
  return std::max(1U, std::thread::hardware_concurrency() / static_cast<unsigned>(concurrency));
}

/// The files of models that the settings name, which a job may read.
std::vector<std::filesystem::path> models_of(const core::Config& config) {
  std::vector<std::filesystem::path> files;
  for (const char* setting : {"DETECTOR_MODEL", "SPEAKER_SEGMENTATION_MODEL", "SPEAKER_EMBEDDING_MODEL"})
    if (const auto model = config.path(setting); !model.empty())
      files.push_back(std::filesystem::absolute(model));
  for (const auto& [language, model] : speech::read_aligner_models(config.text("ALIGNER_MODEL"))) {
    files.push_back(std::filesystem::absolute(model));
    files.push_back(speech::vocabulary_file(files.back()));
  }
  return files;
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
  options.job_budget = config.number("JOB_BUDGET");
  const std::string transcriber = transcriber_file(config);
  options.program = program_of(config, transcriber);
  options.readable = models_of(config);
  if (!transcriber.empty()) options.readable.emplace_back(transcriber);
  return options;
}

}  // namespace reelwright::jobs

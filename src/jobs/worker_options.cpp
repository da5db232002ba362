#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <ranges>
#include <thread>

#include "core/config.h"
#include "inference/named_model.h"
#include "jobs/workshop.h"
#include "language/model_options.h"
#include "language/onnx_embedder.h"
#include "language/topic_options.h"
#include "speech/aligner.h"
#include "speech/ctc_model.h"

namespace reelwright::jobs {

namespace {

/// The files of models that settings name. A job may read no folder of models, so a name becomes the file
/// that it means.
using ModelFiles = std::map<std::string, std::string, std::less<>>;

ModelFiles named_files(const core::Config& config) {
  ModelFiles files;
  if (const std::string& name = config.text("TRANSCRIBER_MODEL");
      !name.empty() && config.text("TRANSCRIBER") != "openai")
    files["TRANSCRIBER_MODEL"] =
        inference::named_weights(name, inference::Role::transcriber, config.path("MODELS_DIR"),
                                 config.path("MODELS_REGISTRY"))
            .string();
  if (const auto embedder = language::topic_options(config).embedder; embedder.has_file())
    files["EMBEDDER_MODEL"] = language::embedder_file(embedder).string();
  if (const auto file = language::model_file(language::model_options(config)); !file.empty())
    files["LANGUAGE_MODEL_NAME"] = file.string();
  return files;
}

/// The settings of clips and of the machine go to the child by its command line: it has no other.
Program program_of(const core::Config& config, const ModelFiles& files) {
  Program program;
  for (const core::Config::Value& value : config.values()) {
    const core::Setting& setting = *value.setting;
    // Secrets have no flag: they stay here, where the calls that need them are made.
    if (setting.group == core::SettingGroup::service || setting.flag.empty() || value.text.empty()) continue;
    program.arguments.emplace_back(setting.flag);
    const auto file = files.find(setting.name);
    program.arguments.push_back(file != files.end() ? file->second : value.text);
  }
  return program;
}

unsigned threads_of(const core::Config& config, int concurrency) {
  if (const int threads = config.integer("THREADS"); threads > 0) return static_cast<unsigned>(threads);
  return std::max(1U, std::thread::hardware_concurrency() / static_cast<unsigned>(concurrency));
}

/// The files of models that the settings name, which a job may read.
std::vector<std::filesystem::path> models_of(const core::Config& config, const ModelFiles& named) {
  std::vector<std::filesystem::path> files;
  for (const std::string& file : named | std::views::values) files.emplace_back(file);
  if (const auto embedder = named.find("EMBEDDER_MODEL"); embedder != named.end())
    files.push_back(language::tokenizer_file(embedder->second));
  for (const char* setting : {"DETECTOR_MODEL", "FACE_DETECTOR_MODEL"})
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
  const ModelFiles named = named_files(config);
  options.program = program_of(config, named);
  options.readable = models_of(config, named);
  return options;
}

}  // namespace reelwright::jobs

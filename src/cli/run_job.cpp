#include <memory>

#include "cli/command.h"
#include "cli/setting_flags.h"
#include "clips/options.h"
#include "core/config.h"
#include "jobs/clip_pipeline.h"
#include "jobs/run_order.h"

namespace reelwright::cli {

namespace {

/// The worker says all that is to be known; what stands in files and in the environment may be secret.
core::Config config_of(core::Config::Inputs inputs) {
  inputs.folder = "/";
  inputs.environment = [](const char*) { return nullptr; };
  return core::Config::load(inputs);
}

}  // namespace

void add_run_job(CLI::App& app) {
  auto inputs = std::make_shared<core::Config::Inputs>();
  auto* command = app.add_subcommand("run-job", "One job of a worker, which alone starts this.");
  command->group("");  // not for people
  add_setting_flags(*command, *inputs, {core::SettingGroup::machine, core::SettingGroup::clips});
  command->callback([inputs] {
    jobs::WorkerLine line;
    const jobs::ClipPipeline clips(clips::options_from(config_of(*inputs)), &line.transport);
    jobs::run_order({&clips}, line);
  });
}

}  // namespace reelwright::cli

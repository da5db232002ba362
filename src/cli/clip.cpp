#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "cli/clip_events.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/model_trial.h"
#include "cli/setting_flags.h"
#include "cli/vendors.h"
#include "clips/folder_results.h"
#include "clips/job.h"
#include "core/config.h"
#include "core/digest.h"
#include "core/text.h"
#include "stage/workspace.h"

namespace reelwright::cli {

namespace {

namespace fs = std::filesystem;

struct ClipOptions {
  std::string file;
  core::Config::Inputs inputs;  // flags by the names of their settings
  std::string transcript;
  std::string out = "clips";
  std::string workspace;
  bool json = false;
  bool keep = false;
  bool overwrite = false;
};

void run_job(const ClipOptions& options, const core::Config& config, clips::Observer& observer) {
  core::Context context{.stop = stop_on_interrupt(), .progress = {}};
  if (const int threads = config.integer("THREADS"); threads > 0)
    context.threads = static_cast<unsigned>(threads);
  clips::Options job = clips::options_from(config);
  if (!options.transcript.empty()) job.transcript = options.transcript;
  CommandTransport transport(config);
  try_local_model(job.language_model, context.stop);
  // The same file finds its workspace again, wherever it lies by then.
  const std::string identity = core::file_identity(options.file);
  const fs::path folder = options.workspace.empty() ? config.path("WORKSPACE_DIR") / identity.substr(0, 16)
                                                    : fs::path(options.workspace);
  stage::Workspace workspace(folder);
  clips::FolderResults results(options.out, options.overwrite);
  clips::make_clips({options.file, identity}, job, results, workspace, observer, context, transport.get());
  if (options.workspace.empty() && !options.keep) workspace.remove();
}

void run_whole(const ClipOptions& options) {
  const core::Config config = core::Config::load(options.inputs);
  if (options.json) {
    JsonEvents events;
    run_job(options, config, events);
    JsonEvents::on_done(options.out);
  } else {
    SpokenEvents events;
    run_job(options, config, events);
    std::cerr << fmt::format("The clips are in {}\n", core::printable(options.out));
  }
}

/// Here alone does a stopped run go on where it was.
void run_clip(const ClipOptions& options) {
  try {
    run_whole(options);
  } catch (const core::Error& error) {
    if (error.code() != core::ErrorCode::cancelled) throw;
    throw core::Error(error.code(), "Stopped; run the same command again to go on.", error.details());
  }
}

}  // namespace

void add_clip(CLI::App& app) {
  auto options = std::make_shared<ClipOptions>();
  auto* command = app.add_subcommand("clip", "Cut a long talk into short, upright, captioned clips.");
  command->add_option("FILE", options->file, "the video")->required();
  command->add_option("--transcript", options->transcript,
                      "what is said, instead of recognising it: SRT, WebVTT, WhisperX JSON or plain text");
  command->add_option("--out", options->out, "folder for the clips; it appears when all are done")
      ->capture_default_str();
  command->add_flag("--overwrite", options->overwrite, "replace the clips that --out holds");
  command->add_flag("--json", options->json, "one JSON object per event on standard output");
  command->add_flag("--keep", options->keep,
                    "keep what was worked out, so that a run with other settings is quick");
  command->add_option("--workspace", options->workspace,
                      "folder for what is worked out on the way; it is kept");
  add_setting_flags(*command, options->inputs, {core::SettingGroup::machine, core::SettingGroup::clips});
  command->footer(
      "Ctrl-C stops within a second; the same command then goes on where it was.\n"
      "Exit codes: 0 done, 1 a fault of the program, 2 wrong input, 3 not found, 4 not a video that can be "
      "read,\n"
      "5 the output folder or workspace is in use, 6 too large, 7 disk full, 8 no permission,\n"
      "9 something is not installed, 130 stopped.\n"
      "Examples:\n"
      "  reelwright clip talk.mp4\n"
      "  reelwright clip talk.mp4 --num-clips 3 --caption-style bold --out best-of\n"
      "  reelwright clip talk.mp4 --transcript talk.srt --aspect-ratio 1:1 --max-duration 30");
  command->callback([options] { run_clip(*options); });
}

}  // namespace reelwright::cli

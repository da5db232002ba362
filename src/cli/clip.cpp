#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "cli/clip_events.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "clips/job.h"
#include "core/digest.h"
#include "stage/workspace.h"

namespace reelwright::cli {

namespace {

namespace fs = std::filesystem;

struct ClipOptions {
  std::string file;
  clips::Options job;
  double min_duration = 15;
  double max_duration = 60;
  std::string transcript;
  std::string out = "clips";
  std::string workspace;
  unsigned threads = 0;
  bool json = false;
  bool keep = false;
  bool overwrite = false;
};

core::Time duration(const char* option, double seconds) {
  if (!std::isfinite(seconds) || seconds < 0 || seconds > 1e6)
    throw core::Error(core::ErrorCode::invalid_input, fmt::format("{} takes a number of seconds.", option));
  return core::from_seconds(seconds);
}

fs::path cache_folder() {
  const auto variable = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
  };
  if (const auto cache = variable("XDG_CACHE_HOME"); !cache.empty()) return fs::path(cache) / "reelwright";
  if (const auto home = variable("HOME"); !home.empty()) return fs::path(home) / ".cache" / "reelwright";
  return fs::temp_directory_path() / "reelwright";
}

// The same file finds its workspace again, wherever it lies by then.
fs::path workspace_folder(const ClipOptions& options) {
  if (!options.workspace.empty()) return options.workspace;
  return cache_folder() / "workspaces" / core::file_identity(options.file).substr(0, 16);
}

void run_job(const ClipOptions& options, clips::Observer& observer) {
  stage::Context context{.stop = stop_on_interrupt(), .progress = {}};
  if (options.threads > 0) context.threads = options.threads;
  clips::validate(options.job);
  stage::Workspace workspace(workspace_folder(options));
  clips::make_clips(options.file, options.job, options.out, options.overwrite, workspace, observer, context);
  if (options.workspace.empty() && !options.keep) workspace.remove();
}

void run_clip(ClipOptions options) {
  options.job.min_duration = duration("--min-duration", options.min_duration);
  options.job.max_duration = duration("--max-duration", options.max_duration);
  if (!options.transcript.empty()) options.job.transcript = options.transcript;
  if (options.json) {
    JsonEvents events;
    run_job(options, events);
    JsonEvents::on_done(options.out);
  } else {
    SpokenEvents events;
    run_job(options, events);
    std::cerr << fmt::format("The clips are in {}\n", options.out);
  }
}

void add_job_options(CLI::App& command, ClipOptions& options) {
  command.add_option("--num-clips", options.job.num_clips, "at most so many clips, 1 to 20")
      ->capture_default_str();
  command.add_option("--aspect-ratio", options.job.aspect_ratio, "9:16, 1:1, 4:5, 16:9 or source")
      ->capture_default_str();
  command.add_option("--min-duration", options.min_duration, "shortest clip in seconds")
      ->capture_default_str();
  command.add_option("--max-duration", options.max_duration, "longest clip in seconds")
      ->capture_default_str();
  command.add_option("--language", options.job.language, "language that is spoken (BCP 47)")
      ->capture_default_str();
  command.add_option("--transcript", options.transcript,
                     "what is said, instead of recognising it: SRT, WebVTT, WhisperX JSON or plain text");
  command
      .add_option("--caption-style", options.job.caption_style,
                  "burn captions in: bold, karaoke, boxed, clean, pop or comic")
      ->capture_default_str();
  command
      .add_option("--encoder", options.job.encoder,
                  "libx264, or a hardware encoder of FFmpeg such as h264_nvenc")
      ->capture_default_str();
}

}  // namespace

void add_clip(CLI::App& app) {
  auto options = std::make_shared<ClipOptions>();
  auto* command = app.add_subcommand("clip", "Cut a long talk into short, upright, captioned clips.");
  command->add_option("FILE", options->file, "the video")->required();
  add_job_options(*command, *options);
  command->add_option("--out", options->out, "folder for the clips; it appears when all are done")
      ->capture_default_str();
  command->add_flag("--overwrite", options->overwrite, "replace the clips that --out holds");
  command->add_flag("--json", options->json, "one JSON object per event on standard output");
  command->add_flag("--keep", options->keep,
                    "keep what was worked out, so that a run with other settings is quick");
  command->add_option("--workspace", options->workspace,
                      "folder for what is worked out on the way; it is kept");
  command->add_option("--threads", options->threads, "how many threads to use; 0: as many as there are cores")
      ->capture_default_str();
  command->footer(
      "Ctrl-C stops within a second; the same command then goes on where it was.\n"
      "Exit codes: 0 done, 1 a fault of the program, 2 wrong input, 3 not found, 4 not a video that can be "
      "read,\n"
      "5 the output folder or workspace is in use, 6 too large, 7 disk full, 8 no permission, 9 "
      "unavailable,\n"
      "130 stopped.\n"
      "Examples:\n"
      "  reelwright clip talk.mp4\n"
      "  reelwright clip talk.mp4 --num-clips 3 --caption-style bold --out best-of\n"
      "  reelwright clip talk.mp4 --transcript talk.srt --aspect-ratio 1:1 --max-duration 30");
  command->callback([options] { run_clip(*options); });
}

}  // namespace reelwright::cli

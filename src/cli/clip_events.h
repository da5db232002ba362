#pragma once

#include <string>

#include "cli/progress.h"
#include "clips/job.h"

namespace reelwright::cli {

/// Tells a person what happens: progress and warnings on standard error.
class SpokenEvents : public clips::Observer {
 public:
  void on_progress(const std::string& stage, double fraction) override;
  void on_stage(const std::string& stage, const core::Usage& usage, bool reused) override;
  void on_warning(const core::Warning& warning) override;
  void on_clip(int number, const std::string& title, core::Span span) override;

 private:
  Progress progress_;
};

/// Tells a program what happens: one JSON object a line on standard output, `event` naming what it is:
/// `progress {stage,percentage}` (where a stage begins, and at each whole percent of the job), `stage
/// {stage,seconds,cpu_seconds,peak_mib,reused}` where one ends, `warning {code,message}`, `clip
/// {clip_number,title,start,end}` and, by `on_done`, `done {out}`.
class JsonEvents : public clips::Observer {
 public:
  void on_progress(const std::string& stage, double fraction) override;
  void on_stage(const std::string& stage, const core::Usage& usage, bool reused) override;
  void on_warning(const core::Warning& warning) override;
  void on_clip(int number, const std::string& title, core::Span span) override;
  static void on_done(const std::string& out);

 private:
  int percentage_ = -1;
  std::string stage_;
};

}  // namespace reelwright::cli

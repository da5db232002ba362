#include "cli/clip_events.h"

#include <fmt/format.h>

#include <iostream>

#include "core/json.h"
#include "core/text.h"

namespace reelwright::cli {

// Named like all else of this room: what glaze reads needs linkage.
struct ProgressEvent {
  std::string event = "progress";
  std::string stage;
  int percentage;
};

struct StageEvent {
  std::string event = "stage";
  std::string stage;
  double seconds, cpu_seconds, peak_mib;
  bool reused;
};

struct WarningEvent {
  std::string event = "warning";
  std::string code, message;
};

struct ClipEvent {
  std::string event = "clip";
  int clip_number;
  std::string title;
  double start, end;
};

struct DoneEvent {
  std::string event = "done";
  std::string out;
};

namespace {

template <typename Event>
void print(const Event& event) {
  std::cout << core::to_json(event, "an event") << std::endl;  // flushed: somebody waits for it
}

}  // namespace

void SpokenEvents::on_progress(const std::string& stage, double fraction) { progress_.show(stage, fraction); }

void SpokenEvents::on_stage(const std::string&, const core::Usage&, bool) {}

void SpokenEvents::on_warning(const core::Warning& warning) {
  progress_.clear();
  std::cerr << "warning: " << core::printable(warning.message) << " [" << warning.code << "]\n";
}

void SpokenEvents::on_clip(int number, const std::string& title, core::Span span) {
  progress_.clear();
  std::cerr << fmt::format("clip {}: {} ({:.1f} s to {:.1f} s)\n", number, core::printable(title),
                           core::to_seconds(span.start), core::to_seconds(span.end));
}

void JsonEvents::on_progress(const std::string& stage, double fraction) {
  const int percentage = static_cast<int>(fraction * 100);
  if (percentage == percentage_ && stage == stage_) return;
  percentage_ = percentage;
  stage_ = stage;
  print(ProgressEvent{.stage = stage, .percentage = percentage});
}

void JsonEvents::on_stage(const std::string& stage, const core::Usage& usage, bool reused) {
  print(StageEvent{.stage = stage,
                   .seconds = usage.seconds,
                   .cpu_seconds = usage.cpu_seconds,
                   .peak_mib = usage.peak_mib,
                   .reused = reused});
}

void JsonEvents::on_warning(const core::Warning& warning) {
  print(WarningEvent{.code = warning.code, .message = core::valid_utf8(warning.message)});
}

void JsonEvents::on_clip(int number, const std::string& title, core::Span span) {
  print(ClipEvent{.clip_number = number,
                  .title = title,
                  .start = core::to_seconds(span.start),
                  .end = core::to_seconds(span.end)});
}

void JsonEvents::on_done(const std::string& out) { print(DoneEvent{.out = core::valid_utf8(out)}); }

}  // namespace reelwright::cli

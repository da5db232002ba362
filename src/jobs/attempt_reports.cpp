// What an attempt writes down of what its child tells.

#include "core/log.h"
#include "jobs/attempt.h"
#include "jobs/message_json.h"

namespace reelwright::jobs {

namespace {

namespace log = core::log;
using core::Error;
using core::ErrorCode;

}  // namespace

void Attempt::write_down(FromChild report) {
  if (reason_ != Reason::none && reason_ != Reason::leaving) return;
  std::visit(Overloaded{[&](const SourceFacts& facts) { check_source(facts); },
                        [&](const ProgressMade& made) { progress_.note(made, Lease::Clock::now()); },
                        [&](const StageDone& stage) { note_stage(stage); },
                        [&](const core::Warning& warning) { progress_.note(warning); },
                        [&](const Result& result) { publish(result); }, [](const auto&) {}},
             report);
}

void Attempt::note_stage(const StageDone& stage) {
  const database::StageCost cost{.stage = stage.name,
                                 .seconds = stage.seconds,
                                 .cpu_seconds = stage.cpu_seconds,
                                 .peak_mib = stage.peak_mib,
                                 .reused = stage.reused};
  insist([&] { return jobs_.note_stage(claim_, cost, core::now()); });
}

void Attempt::check_source(const SourceFacts& facts) {
  const double longest = std::chrono::duration<double>(options_.longest_source).count();
  if (facts.duration && *facts.duration > longest)
    throw Error(ErrorCode::too_large,
                fmt::format("The recording is {:.0f} minutes long; {:.0f} are allowed (MAX_SOURCE_MINUTES).",
                            *facts.duration / 60, longest / 60));
  insist([&] { return jobs_.note_source(claim_, facts.duration, facts.container, core::now()); });
}

/// Progress that the database does not take is soon followed by more.
void Attempt::tell_progress() {
  try {
    if (!jobs_.report(claim_, progress_.tell(Lease::Clock::now()))) stop_for(Reason::lost);
    workshop_.changes.notify();
  } catch (const Error& error) {
    progress_.failed();
    log::warning("job.progress_untold", {{"error", error.what()}, {"details", error.details()}});
  }
}

void Attempt::publish(const Result& result) {
  if (!lease_->good()) return stop_for(Reason::lost);
  try {
    if (!insist([&] { return publisher_->publish(result, core::now()); })) return stop_for(Reason::lost);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_input) throw;
    throw Error(ErrorCode::internal, "The job's process told of a result that is none.",
                fmt::format("{} {}", error.what(), error.details()));
  }
  log::info("job.published", {{"number", result.number}});
  workshop_.changes.notify();
}

}  // namespace reelwright::jobs

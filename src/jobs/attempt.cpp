#include "jobs/attempt.h"

#include <optional>
#include <thread>

#include "core/log.h"
#include "core/trace.h"
#include "jobs/child_thread.h"
#include "storage/keys.h"

namespace reelwright::jobs {

namespace {

namespace log = core::log;
using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;

constexpr auto longest_wait = 200ms;
constexpr auto try_again = 200ms;
constexpr auto longest_insistence = 60s;

}  // namespace

Attempt::Attempt(const Workshop& workshop, const WorkerOptions& options, Leases& leases,
                 database::Claim claim, Lease::Clock::time_point asked)
    : workshop_(workshop),
      options_(options),
      leases_(leases),
      claim_(std::move(claim)),
      asked_(asked),
      jobs_(workshop.database) {}

void Attempt::run(const std::stop_token& leave) noexcept {
  const log::Scope job_scope("processing_id", claim_.processing_id);
  try {
    lease_ = leases_.hold(claim_, asked_, [this] { inbox_.wake(); });
    bool found = false;
    insist([&] {
      const auto job = jobs_.find(claim_.processing_id);
      if (job) job_ = *job;
      return found = job.has_value();
    });
    if (!found) return;
    progress_ = ProgressReport(job_.progress_percentage);
    const log::Scope request_scope("request_id", job_.request_id);
    const Pipeline* pipeline = find_pipeline(workshop_.pipelines, job_.kind);
    if (pipeline == nullptr) throw Error(ErrorCode::internal, "There is no pipeline for this kind of job.");
    work(job_, *pipeline, leave);
  } catch (const std::exception& error) {
    const auto* ours = dynamic_cast<const Error*>(&error);
    log::error("job.unended", {{"error", error.what()}, {"details", ours ? ours->details() : std::string()}});
  }
}

void Attempt::work(const database::Job& job, const Pipeline& pipeline, const std::stop_token& leave) {
  log::info("job.started", {{"attempt", claim_.attempt}, {"kind", job.kind}});
  const auto folder = workshop_.storage.local_folder(storage::workspace_prefix(job.processing_id));
  publisher_ = std::make_unique<Publisher>(workshop_.database, workshop_.storage, pipeline, claim_,
                                           folder.value_or(""));
  const auto subscription = workshop_.changes.subscribe(job.processing_id, [this](const database::Change&) {
    changed_ = true;
    inbox_.wake();
  });
  const std::stop_callback wake(leave, [this] { inbox_.wake(); });
  const ChildEnd end = [&] {
    const std::jthread child(
        [&] { run_child_to_inbox(workshop_, options_, job, claim_, inbox_, stop_.get_token()); });
    return follow(leave);
  }();
  conclude(end);
  workshop_.changes.notify();
  clear_away_if_gone(pipeline);
}

ChildEnd Attempt::follow(const std::stop_token& leave) {
  std::optional<ChildEnd> end;
  while (!end) {
    try {
      auto event = inbox_.take(longest_wait);
      if (auto* report = event ? std::get_if<FromChild>(&*event) : nullptr)
        write_down(std::move(*report));
      else if (event)
        end = std::get<ChildEnd>(std::move(*event));
      look(leave);
    } catch (const Error& error) {
      break_off(error);
    } catch (const std::exception& error) {
      break_off(Error(ErrorCode::internal, "The worker failed by a fault of the program.",
                      core::with_trace(error.what(), error)));
    }
  }
  return *std::move(end);
}

/// Whether the job may go on.
void Attempt::look(const std::stop_token& leave) {
  if (!lease_->good()) stop_for(Reason::lost);
  if (leave.stop_requested()) stop_for(Reason::leaving);
  if (progress_.due(Lease::Clock::now())) tell_progress();
  if (!changed_.exchange(false)) return;
  try {
    const auto job = jobs_.find(claim_.processing_id);
    if (!job || job->attempt != claim_.attempt || job->status != database::JobStatus::processing)
      stop_for(Reason::lost);
    else if (job->cancel_requested)
      stop_for(Reason::cancelled);
  } catch (const Error&) {
    changed_ = true;  // looked at again when the database is back
  }
}

void Attempt::stop_for(Reason reason) {
  if (reason_ == Reason::none || reason == Reason::lost) reason_ = reason;
  stop_.request_stop();
}

void Attempt::break_off(const Error& error) {
  if (reason_ == Reason::none) broken_ = failure_of(error, progress_.stage());
  stop_for(Reason::broken);
}

/// Repeats a write for as long as the database does not take it and the claim may still be good. False where
/// it changed nothing because the claim is no longer good.
bool Attempt::insist(const std::function<bool()>& write) {
  const auto give_up = Lease::Clock::now() + longest_insistence;
  for (;;) {
    try {
      return write();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::unavailable || !lease_->good() || Lease::Clock::now() > give_up) throw;
      log::warning("job.write_waits", {{"error", error.what()}, {"details", error.details()}});
      std::this_thread::sleep_for(try_again);
    }
  }
}

void Attempt::clear_away_if_gone(const Pipeline& pipeline) {
  if (reason_ != Reason::lost || jobs_.find(claim_.processing_id)) return;
  workshop_.storage.remove_all(storage::workspace_prefix(claim_.processing_id));
  workshop_.storage.remove_all(storage::results_prefix(pipeline.results_prefix(), claim_.processing_id));
}

}  // namespace reelwright::jobs

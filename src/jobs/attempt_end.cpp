// How an attempt ends in the job's row.

#include "core/log.h"
#include "jobs/attempt.h"

namespace reelwright::jobs {

namespace {

namespace log = core::log;

void log_end(const ChildEnd& end, std::string_view how) {
  log::info("job.ended", {{"how", how},
                          {"seconds", end.usage.seconds},
                          {"cpu_seconds", end.usage.cpu_seconds},
                          {"peak_mib", end.usage.peak_mib}});
}

}  // namespace

void Attempt::conclude(const ChildEnd& end) {
  if (reason_ == Reason::lost || !lease_->good()) {
    reason_ = Reason::lost;
    return log_end(end, "lost");
  }
  if (reason_ == Reason::broken) return fail(broken_, end);
  if (end.how == ChildEnd::How::failed && reason_ != Reason::cancelled) return fail(end.why, end);
  if (progress_.untold()) tell_progress();
  if (end.how == ChildEnd::How::done && reason_ != Reason::cancelled) {
    const bool good = insist([&] { return publisher_->finish(core::now()); });
    insist([&] { return publisher_->note_room(), true; });
    if (good && insist([&] { return jobs_.complete(claim_, core::now()); })) return log_end(end, "completed");
  } else if (reason_ == Reason::cancelled) {
    insist([&] { return publisher_->remove_orphans(), publisher_->note_room(), true; });
    if (insist([&] { return jobs_.stop(claim_, core::now()); })) return log_end(end, "cancelled");
  } else if (insist([&] { return jobs_.hand_back(claim_, core::now()); })) {
    return log_end(end, "handed back");
  }
  reason_ = Reason::lost;
  log_end(end, "lost");
}

void Attempt::fail(const Failed& why, const ChildEnd& end) {
  const database::JobError error{why.code, why.message, why.stage.empty() ? progress_.stage() : why.stage,
                                 why.retryable};
  const bool again = why.retryable && !job_.last_attempt();
  log::warning("job.attempt_failed", {{"code", error.code},
                                      {"error", error.message},
                                      {"stage", error.stage},
                                      {"details", why.details},
                                      {"again", again}});
  insist([&] { return publisher_->remove_orphans(), publisher_->note_room(), true; });
  const core::Moment now = core::now();
  const core::Moment later = now + options_.retry.wait(job_.failed_attempts + 1);
  const bool good = insist(
      [&] { return again ? jobs_.retry_later(claim_, error, now, later) : jobs_.fail(claim_, error, now); });
  log_end(end, !good ? "lost" : again ? "queued again" : "failed");
  if (!good) reason_ = Reason::lost;
}

}  // namespace reelwright::jobs

#include "database/job_rows.h"
#include "database/session.h"
#include "database/usage_rows.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// Runs `UPDATE jobs SET ...` where the claim is good. Binds `:id` and `:attempt` beside `uses`.
template <typename... Uses>
bool change(soci::session& sql, const Claim& claim, const char* set, Uses... uses) {
  soci::statement change(sql);
  (change.exchange(std::move(uses)), ...);
  change.exchange(soci::use(claim.processing_id, "id"));
  change.exchange(soci::use(claim.attempt, "attempt"));
  change.alloc();
  change.prepare(std::string("UPDATE jobs SET ") + set + fenced);
  change.define_and_bind();
  return changed(change);
}

bool cancel_requested(soci::session& sql, const std::string& processing_id) {
  bool requested = false;
  sql << "SELECT cancel_requested FROM jobs WHERE processing_id = :id", soci::use(processing_id, "id"),
      soci::into(requested);
  return requested;
}

/// Whether an earlier attempt has told of it.
bool knows_source(soci::session& sql, const std::string& processing_id) {
  std::optional<double> seconds;
  sql << "SELECT source_seconds FROM jobs WHERE processing_id = :id", soci::use(processing_id, "id"),
      soci::into(seconds);
  return seconds.has_value();
}

bool end(soci::session& sql, const Claim& claim, JobStatus status, bool dead, Moment now) {
  if (!is_good(sql, claim)) return false;
  end_job(sql, claim.processing_id, status, dead, now);
  return true;
}

}  // namespace

bool JobTable::renew(const Claim& claim, Moment until) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    return change(sql, claim, "lease_until = :until", soci::use(until, "until"));
  });
}

bool JobTable::report(const Claim& claim, const Progress& progress) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    if (!change(sql, claim,
                "progress_percentage = :percentage, stage = :stage, seconds_left = :left,"
                " warnings = :warnings",
                soci::use(progress.percentage, "percentage"), soci::use(progress.stage, "stage"),
                soci::use(progress.seconds_left, "left"), soci::use(progress.warnings, "warnings")))
      return false;
    settle(sql, claim.processing_id);
    return true;
  });
}

bool JobTable::note_source(const Claim& claim, std::optional<double> seconds, const std::string& container,
                           Moment now) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    if (!is_good(sql, claim)) return false;
    if (seconds && !knows_source(sql, claim.processing_id))
      count_source(sql, claim.processing_id, *seconds, now);
    if (seconds) change(sql, claim, "source_seconds = :seconds", soci::use(*seconds, "seconds"));
    return change(sql, claim, "source_container = :container", soci::use(container, "container"));
  });
}

bool JobTable::note_stage(const Claim& claim, const StageCost& cost, Moment now) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    if (!is_good(sql, claim)) return false;
    sql << R"(INSERT INTO job_stages (processing_id, attempt, at, stage, seconds, cpu_seconds, peak_mib,
                reused)
              VALUES (:id, :attempt, :at, :stage, :seconds, :cpu, :peak, :reused))",
        soci::use(claim.processing_id, "id"), soci::use(claim.attempt, "attempt"), soci::use(now, "at"),
        soci::use(cost.stage, "stage"), soci::use(cost.seconds, "seconds"),
        soci::use(cost.cpu_seconds, "cpu"), soci::use(cost.peak_mib, "peak"),
        soci::use(cost.reused, "reused");
    return true;
  });
}

bool JobTable::complete(const Claim& claim, Moment now) {
  return writing(database_,
                 [&](soci::session& sql) { return end(sql, claim, JobStatus::completed, false, now); });
}

bool JobTable::fail(const Claim& claim, const JobError& error, Moment now) {
  return writing(database_, [&](soci::session& sql) {
    if (!change(sql, claim, "failed_attempts = failed_attempts + 1")) return false;
    note_error(sql, claim, error, now);
    return end(sql, claim, JobStatus::failed, error.retryable, now);
  });
}

bool JobTable::stop(const Claim& claim, Moment now) {
  return writing(database_,
                 [&](soci::session& sql) { return end(sql, claim, JobStatus::cancelled, false, now); });
}

bool JobTable::retry_later(const Claim& claim, const JobError& error, Moment now, Moment run_after) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    if (!is_good(sql, claim)) return false;
    note_error(sql, claim, error, now);
    if (cancel_requested(sql, claim.processing_id)) return end(sql, claim, JobStatus::cancelled, false, now);
    change(sql, claim,
           "status = 'queued', failed_attempts = failed_attempts + 1, queued_at = :now,"
           " run_after = :run_after, lease_owner = NULL, lease_until = NULL, seconds_left = NULL",
           soci::use(now, "now"), soci::use(run_after, "run_after"));
    settle(sql, claim.processing_id);
    return true;
  });
}

bool JobTable::hand_back(const Claim& claim, Moment now) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    if (!is_good(sql, claim)) return false;
    if (cancel_requested(sql, claim.processing_id)) return end(sql, claim, JobStatus::cancelled, false, now);
    change(sql, claim,
           "status = 'queued', lease_owner = NULL, lease_until = NULL, run_after = NULL,"
           " seconds_left = NULL");
    settle(sql, claim.processing_id);
    return true;
  });
}

}  // namespace reelwright::database

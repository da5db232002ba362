#include "database/jobs.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/error.h"
#include "database/job_rows.h"
#include "database/session.h"

namespace reelwright::database {

namespace {

constexpr std::array<std::string_view, 5> names = {"queued", "processing", "completed", "failed",
                                                   "cancelled"};

Moment moment(double seconds) {
  return Moment(std::chrono::round<std::chrono::microseconds>(std::chrono::duration<double>(seconds)));
}

JobStatus status_named(const std::string& text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end())
    throw core::Error(core::ErrorCode::internal, "A job in the database has an unknown status.", text);
  return static_cast<JobStatus>(found - names.begin());
}

template <typename Value>
std::optional<Value> optional(const Value& value, soci::indicator found) {
  return found == soci::i_ok ? std::optional(value) : std::nullopt;
}

std::optional<Moment> optional_moment(double value, soci::indicator found) {
  return found == soci::i_ok ? std::optional(moment(value)) : std::nullopt;
}

/// The condition that a claim is still good.
constexpr const char* fenced =
    " WHERE processing_id = :id AND attempt = :attempt AND status = 'processing' AND lease_owner IS NOT NULL";

/// A job waits to run, or its worker is gone. `:now` stands in it twice.
constexpr const char* due =
    " ((status = 'queued' AND run_after <= :now) OR (status = 'processing' AND lease_until < :now))";

bool changed(soci::statement& statement) {
  statement.execute(true);
  return statement.get_affected_rows() > 0;
}

/// Tells the blueprint's table of the job's kind, which repeats the status.
bool mirror(soci::session& sql, const std::string& processing_id) {
  sql << "UPDATE processing_jobs SET status = job.status, progress_percentage = job.progress_percentage, "
         "completed_at "
         "= CASE WHEN job.completed_at IS NULL THEN NULL ELSE datetime(job.completed_at, 'unixepoch') END, "
         "error_message = CASE WHEN job.status = 'failed' THEN (SELECT message FROM job_errors WHERE "
         "processing_id = "
         ":id ORDER BY at DESC LIMIT 1) END FROM jobs AS job WHERE job.processing_id = :id AND "
         "processing_jobs.processing_id = :id",
      soci::use(processing_id, "id");
  return true;
}

/// Ends the work of a claim with a final status.
bool end(soci::session& sql, const Claim& claim, JobStatus status, Moment now) {
  const std::string text(name(status));
  const double at = seconds_of(now);
  const int percentage = status == JobStatus::completed ? 100 : 0;
  soci::statement end =
      (sql.prepare << "UPDATE jobs SET status = :status, completed_at = :now, lease_owner = NULL, "
                      "lease_until = NULL, "
                      "seconds_left = NULL, progress_percentage = MAX(progress_percentage, :percentage)"
                   << fenced,
       soci::use(text, "status"), soci::use(at, "now"), soci::use(percentage, "percentage"),
       soci::use(claim.processing_id, "id"), soci::use(claim.attempt, "attempt"));
  return changed(end) && mirror(sql, claim.processing_id);
}

/// Lets a claim go; `forgiven` attempts are not counted.
bool queue_again(soci::session& sql, const Claim& claim, Moment run_after, int forgiven) {
  const double at = seconds_of(run_after);
  soci::statement queue = (sql.prepare << "UPDATE jobs SET status = 'queued', run_after = :at, most_attempts "
                                          "= most_attempts + :forgiven, "
                                          "lease_owner = NULL, lease_until = NULL, seconds_left = NULL"
                                       << fenced,
                           soci::use(at, "at"), soci::use(forgiven, "forgiven"),
                           soci::use(claim.processing_id, "id"), soci::use(claim.attempt, "attempt"));
  return changed(queue) && mirror(sql, claim.processing_id);
}

bool note_error(soci::session& sql, const Claim& claim, const JobError& error, Moment now) {
  const double at = seconds_of(now);
  const int retryable = error.retryable ? 1 : 0;
  sql << "INSERT INTO job_errors (processing_id, attempt, at, code, message, stage, retryable) VALUES (:id, "
         ":attempt, "
         ":at, :code, :message, :stage, :retryable)",
      soci::use(claim.processing_id), soci::use(claim.attempt), soci::use(at), soci::use(error.code),
      soci::use(error.message), soci::use(error.stage), soci::use(retryable);
  return mirror(sql, claim.processing_id);
}

}  // namespace

double seconds_of(Moment moment) { return std::chrono::duration<double>(moment.time_since_epoch()).count(); }

void insert_job(soci::session& sql, const NewJob& job, Moment now) {
  const double at = seconds_of(now);
  int there = 0;
  sql << "SELECT COUNT(*) FROM jobs WHERE processing_id = :id", soci::use(job.processing_id),
      soci::into(there);
  if (there > 0)
    throw core::Error(core::ErrorCode::conflict,
                      fmt::format("There is a job {} already.", job.processing_id));
  sql << "INSERT INTO jobs (processing_id, kind, user_id, status, priority, settings, most_attempts, "
         "run_after, "
         "created_at) VALUES (:id, :kind, :user, 'queued', :priority, :settings, :most, :at, :at2)",
      soci::use(job.processing_id), soci::use(job.kind), soci::use(job.user_id), soci::use(job.priority),
      soci::use(job.settings), soci::use(job.most_attempts), soci::use(at), soci::use(at);
}

bool is_good(soci::session& sql, const Claim& claim) {
  int good = 0;
  sql << "SELECT COUNT(*) FROM jobs" << fenced, soci::use(claim.processing_id, "id"),
      soci::use(claim.attempt, "attempt"), soci::into(good);
  return good > 0;
}

std::string_view name(JobStatus status) { return names[static_cast<std::size_t>(status)]; }

void JobTable::insert(const NewJob& job, Moment now) {
  writing(database_, [&](soci::session& sql) { insert_job(sql, job, now); });
}

std::optional<Job> JobTable::find(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) -> std::optional<Job> {
    Job job;
    std::string status, owner;
    int cancel = 0;
    double left = 0, run_after = 0, until = 0, created = 0, started = 0, completed = 0;
    soci::indicator has_left{}, has_owner{}, has_until{}, has_started{}, has_completed{};
    sql << "SELECT kind, user_id, settings, status, priority, attempt, most_attempts, cancel_requested, "
           "progress_percentage, stage, seconds_left, warnings, run_after, lease_owner, "
           "lease_until, created_at, started_at, completed_at FROM jobs WHERE processing_id = :id",
        soci::use(processing_id), soci::into(job.kind), soci::into(job.user_id), soci::into(job.settings),
        soci::into(status), soci::into(job.priority), soci::into(job.attempt), soci::into(job.most_attempts),
        soci::into(cancel), soci::into(job.progress_percentage), soci::into(job.stage),
        soci::into(left, has_left), soci::into(job.warnings), soci::into(run_after),
        soci::into(owner, has_owner), soci::into(until, has_until), soci::into(created),
        soci::into(started, has_started), soci::into(completed, has_completed);
    if (!sql.got_data()) return std::nullopt;
    job.processing_id = processing_id;
    job.status = status_named(status);
    job.cancel_requested = cancel != 0;
    job.seconds_left = optional(left, has_left);
    job.run_after = moment(run_after);
    job.lease_owner = optional(owner, has_owner);
    job.lease_until = optional_moment(until, has_until);
    job.created_at = moment(created);
    job.started_at = optional_moment(started, has_started);
    job.completed_at = optional_moment(completed, has_completed);
    return job;
  });
}

std::optional<std::string> JobTable::next_due(Moment now) {
  const double at = seconds_of(now);
  return reading(database_, [&](soci::session& sql) -> std::optional<std::string> {
    std::string id;
    sql << "SELECT processing_id FROM jobs WHERE" << due
        << " ORDER BY priority DESC, run_after, processing_id LIMIT 1",
        soci::use(at, "now"), soci::into(id);
    return sql.got_data() ? std::optional(id) : std::nullopt;
  });
}

std::optional<Claim> JobTable::claim(const std::string& processing_id, const std::string& owner, Moment now,
                                     Moment until) {
  const double at = seconds_of(now);
  const double end = seconds_of(until);
  return writing(database_, [&](soci::session& sql) -> std::optional<Claim> {
    soci::statement take =
        (sql.prepare
             << "UPDATE jobs SET status = 'processing', attempt = attempt + 1, lease_owner = :owner, "
                "lease_until = :until, started_at = COALESCE(started_at, :now) WHERE processing_id = :id AND"
             << due,
         soci::use(owner, "owner"), soci::use(end, "until"), soci::use(at, "now"),
         soci::use(processing_id, "id"));
    if (!changed(take)) return std::nullopt;
    mirror(sql, processing_id);
    Claim claim{processing_id};
    sql << "SELECT attempt FROM jobs WHERE processing_id = :id", soci::use(processing_id),
        soci::into(claim.attempt);
    return claim;
  });
}

bool JobTable::renew(const Claim& claim, Moment until) {
  const double end = seconds_of(until);
  return writing(database_, [&](soci::session& sql) {
    soci::statement renew =
        (sql.prepare << "UPDATE jobs SET lease_until = :until" << fenced, soci::use(end, "until"),
         soci::use(claim.processing_id, "id"), soci::use(claim.attempt, "attempt"));
    return changed(renew);
  });
}

bool JobTable::report(const Claim& claim, const Progress& progress) {
  const double left = progress.seconds_left.value_or(0);
  soci::indicator has_left = progress.seconds_left ? soci::i_ok : soci::i_null;
  return writing(database_, [&](soci::session& sql) {
    soci::statement report =
        (sql.prepare
             << "UPDATE jobs SET progress_percentage = :percentage, stage = :stage, seconds_left = :left, "
                "warnings = :warnings"
             << fenced,
         soci::use(progress.percentage, "percentage"), soci::use(progress.stage, "stage"),
         soci::use(left, has_left, "left"), soci::use(progress.warnings, "warnings"),
         soci::use(claim.processing_id, "id"), soci::use(claim.attempt, "attempt"));
    return changed(report) && mirror(sql, claim.processing_id);
  });
}

bool JobTable::complete(const Claim& claim, Moment now) {
  return writing(database_, [&](soci::session& sql) { return end(sql, claim, JobStatus::completed, now); });
}

bool JobTable::fail(const Claim& claim, const JobError& error, Moment now) {
  return writing(database_, [&](soci::session& sql) {
    return end(sql, claim, JobStatus::failed, now) && note_error(sql, claim, error, now);
  });
}

bool JobTable::stop(const Claim& claim, Moment now) {
  return writing(database_, [&](soci::session& sql) { return end(sql, claim, JobStatus::cancelled, now); });
}

bool JobTable::retry_later(const Claim& claim, const JobError& error, Moment now, Moment run_after) {
  return writing(database_, [&](soci::session& sql) {
    return queue_again(sql, claim, run_after, 0) && note_error(sql, claim, error, now);
  });
}

bool JobTable::hand_back(const Claim& claim, Moment now) {
  return writing(database_, [&](soci::session& sql) { return queue_again(sql, claim, now, 1); });
}

std::vector<JobError> JobTable::errors(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) {
    std::vector<JobError> errors;
    JobError error;
    int retryable = 0;
    soci::statement read = (sql.prepare << "SELECT code, message, stage, retryable FROM job_errors WHERE "
                                           "processing_id = :id ORDER BY at, attempt",
                            soci::use(processing_id), soci::into(error.code), soci::into(error.message),
                            soci::into(error.stage), soci::into(retryable));
    read.execute();
    while (read.fetch()) {
      error.retryable = retryable != 0;
      errors.push_back(error);
    }
    return errors;
  });
}

std::optional<JobStatus> JobTable::cancel(const std::string& processing_id, Moment now) {
  const double at = seconds_of(now);
  return writing(database_, [&](soci::session& sql) -> std::optional<JobStatus> {
    sql << "UPDATE jobs SET status = 'cancelled', completed_at = :now WHERE processing_id = :id AND status = "
           "'queued'",
        soci::use(at), soci::use(processing_id);
    sql << "UPDATE jobs SET cancel_requested = 1 WHERE processing_id = :id AND status = 'processing'",
        soci::use(processing_id);
    mirror(sql, processing_id);
    std::string status;
    sql << "SELECT status FROM jobs WHERE processing_id = :id", soci::use(processing_id), soci::into(status);
    return sql.got_data() ? std::optional(status_named(status)) : std::nullopt;
  });
}

bool JobTable::retry(const std::string& processing_id, Moment now) {
  const double at = seconds_of(now);
  return writing(database_, [&](soci::session& sql) {
    soci::statement again = (sql.prepare << "UPDATE jobs SET status = 'queued', run_after = :now, "
                                            "most_attempts = most_attempts + attempt, "
                                            "cancel_requested = 0, progress_percentage = 0, completed_at = "
                                            "NULL WHERE processing_id = :id "
                                            "AND status IN ('failed', 'cancelled')",
                             soci::use(at), soci::use(processing_id));
    return changed(again) && mirror(sql, processing_id);
  });
}

bool JobTable::remove(const std::string& processing_id) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement remove =
        (sql.prepare << "DELETE FROM jobs WHERE processing_id = :id", soci::use(processing_id));
    return changed(remove);
  });
}

}  // namespace reelwright::database

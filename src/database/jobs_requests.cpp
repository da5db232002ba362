#include "core/error.h"
#include "database/job_rows.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

std::optional<JobStatus> find_status(soci::session& sql, const std::string& processing_id) {
  JobStatus status{};
  sql << "SELECT status FROM jobs WHERE processing_id = :id", soci::use(processing_id, "id"),
      soci::into(status);
  return sql.got_data() ? std::optional(status) : std::nullopt;
}

/// As if it were new, but for its attempt, which is the fence of claims, and what it published.
void queue_anew(soci::session& sql, const std::string& processing_id, Moment now) {
  sql << R"(UPDATE jobs SET status = 'queued', queued_at = :now, run_after = NULL, failed_attempts = 0,
              dead = 0, cancel_requested = 0, progress_percentage = 0, stage = '', seconds_left = NULL,
              warnings = '[]', started_at = NULL, completed_at = NULL
            WHERE processing_id = :id)",
      soci::use(now, "now"), soci::use(processing_id, "id");
}

void set_rework(soci::session& sql, const std::string& processing_id, const Rework& rework) {
  sql << R"(UPDATE jobs SET settings = :settings, inputs = COALESCE(:inputs, inputs),
              num_clips_requested = COALESCE(:clips, num_clips_requested),
              aspect_ratio = COALESCE(:aspect, aspect_ratio)
            WHERE processing_id = :id)",
      soci::use(rework.settings, "settings"), soci::use(rework.inputs, "inputs"),
      soci::use(rework.num_clips_requested, "clips"), soci::use(rework.aspect_ratio, "aspect"),
      soci::use(processing_id, "id");
  sql << R"(UPDATE processing_jobs SET num_clips_requested = COALESCE(:clips, num_clips_requested),
              aspect_ratio = COALESCE(:aspect, aspect_ratio)
            WHERE processing_id = :id)",
      soci::use(rework.num_clips_requested, "clips"), soci::use(rework.aspect_ratio, "aspect"),
      soci::use(processing_id, "id");
}

}  // namespace

std::optional<JobStatus> JobTable::cancel(const std::string& processing_id, Moment now) {
  return writing(database_, [&](soci::session& sql) {
    const std::optional<JobStatus> status = find_status(sql, processing_id);
    if (status == JobStatus::queued) end_job(sql, processing_id, JobStatus::cancelled, false, now);
    if (status == JobStatus::processing) {
      sql << "UPDATE jobs SET cancel_requested = 1 WHERE processing_id = :id", soci::use(processing_id, "id");
      settle(sql, processing_id);
    }
    return status == JobStatus::queued ? JobStatus::cancelled : status;
  });
}

bool JobTable::retry(const std::string& processing_id, Moment now) {
  return writing(database_, [&](soci::session& sql) {
    const std::optional<JobStatus> status = find_status(sql, processing_id);
    if (status != JobStatus::failed && status != JobStatus::cancelled) return false;
    queue_anew(sql, processing_id, now);
    settle(sql, processing_id);
    return true;
  });
}

void JobTable::update_settings(const std::string& processing_id, const Rework& rework, bool requeue,
                               Moment now) {
  writing(database_, [&](soci::session& sql) {
    const std::optional<JobStatus> status = find_status(sql, processing_id);
    if (!status)
      throw core::Error(core::ErrorCode::not_found, fmt::format("There is no job {}.", processing_id));
    if (status == JobStatus::processing)
      throw core::Error(core::ErrorCode::conflict,
                        "The job runs; wait for its end or cancel it, then change it.");
    set_rework(sql, processing_id, rework);
    if (requeue) queue_anew(sql, processing_id, now);
    settle(sql, processing_id);
  });
}

}  // namespace reelwright::database

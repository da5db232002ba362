#include "database/job_rows.h"

#include "core/error.h"
#include "database/outbox.h"
#include "database/usage_rows.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// The blueprint's table of a kind of job.
std::string table_of(const std::string& kind) {
  if (kind == "clips") return "processing_jobs";
  if (kind == "stories") return "faceless_video_jobs";
  return "";
}

/// Tells the blueprint's table of the job's kind, which repeats its state.
void mirror(soci::session& sql, const std::string& processing_id) {
  std::string kind;
  JobStatus status{};
  int percentage = 0;
  std::optional<Moment> completed_at;
  std::optional<std::string> message;
  sql << R"(SELECT kind, status, progress_percentage, completed_at,
              (SELECT message FROM job_errors WHERE processing_id = :id ORDER BY id DESC LIMIT 1)
            FROM jobs WHERE processing_id = :id)",
      soci::use(processing_id, "id"), soci::into(kind), soci::into(status), soci::into(percentage),
      soci::into(completed_at), soci::into(message);
  const std::string table = table_of(kind);
  if (!sql.got_data() || table.empty()) return;
  std::optional<std::string> timestamp;
  if (completed_at) timestamp = timestamp_of(*completed_at);
  if (status != JobStatus::failed) message.reset();
  sql << "UPDATE " << table
      << " SET status = :status, progress_percentage = :percentage, completed_at = :completed,"
         " error_message = :message WHERE processing_id = :id",
      soci::use(status, "status"), soci::use(percentage, "percentage"), soci::use(timestamp, "completed"),
      soci::use(message, "message"), soci::use(processing_id, "id");
}

void refuse_second(soci::session& sql, const std::string& processing_id) {
  int there = 0;
  sql << "SELECT COUNT(*) FROM jobs WHERE processing_id = :id", soci::use(processing_id, "id"),
      soci::into(there);
  if (there > 0)
    throw core::Error(core::ErrorCode::conflict, fmt::format("There is a job {} already.", processing_id));
}

}  // namespace

void insert_job(soci::session& sql, const NewJob& job, Moment now) {
  refuse_second(sql, job.processing_id);
  const std::int64_t revision = next_revision(sql);
  sql << R"(INSERT INTO jobs (processing_id, kind, user_id, status, revision, priority, settings, inputs,
              most_attempts, queued_at, run_after, created_at, original_filename, num_clips_requested,
              aspect_ratio, webhook_url, batch_id, request_id, source_digest, source_bytes)
            VALUES (:id, :kind, :user, 'queued', :revision, :priority, :settings, :inputs, :most, :now,
              :run_after, :now, :filename, :clips, :aspect, :webhook, :batch, :request, :digest, :bytes))",
      soci::use(job.processing_id, "id"), soci::use(job.kind, "kind"), soci::use(job.user_id, "user"),
      soci::use(revision, "revision"), soci::use(job.priority, "priority"),
      soci::use(job.settings, "settings"), soci::use(job.inputs, "inputs"),
      soci::use(job.most_attempts, "most"), soci::use(now, "now"), soci::use(job.run_after, "run_after"),
      soci::use(job.original_filename, "filename"), soci::use(job.num_clips_requested, "clips"),
      soci::use(job.aspect_ratio, "aspect"), soci::use(job.webhook_url, "webhook"),
      soci::use(job.batch_id, "batch"), soci::use(job.request_id, "request"),
      soci::use(job.source_digest, "digest"), soci::use(job.source_bytes, "bytes");
  count_made(sql, job.user_id, job.source_bytes, now);
}

bool is_good(soci::session& sql, const Claim& claim) {
  int good = 0;
  sql << "SELECT COUNT(*) FROM jobs" << fenced, soci::use(claim.processing_id, "id"),
      soci::use(claim.attempt, "attempt"), soci::into(good);
  return good > 0;
}

std::int64_t next_revision(soci::session& sql) {
  std::int64_t revision = 0;
  sql << "UPDATE changes SET revision = revision + 1 RETURNING revision", soci::into(revision);
  return revision;
}

void settle(soci::session& sql, const std::string& processing_id) {
  const std::int64_t revision = next_revision(sql);
  sql << "UPDATE jobs SET revision = :revision WHERE processing_id = :id", soci::use(revision, "revision"),
      soci::use(processing_id, "id");
  mirror(sql, processing_id);
}

void note_error(soci::session& sql, const Claim& claim, const JobError& error, Moment now) {
  sql << R"(INSERT INTO job_errors (processing_id, attempt, at, code, message, stage, retryable)
            VALUES (:id, :attempt, :at, :code, :message, :stage, :retryable))",
      soci::use(claim.processing_id, "id"), soci::use(claim.attempt, "attempt"), soci::use(now, "at"),
      soci::use(error.code, "code"), soci::use(error.message, "message"), soci::use(error.stage, "stage"),
      soci::use(error.retryable, "retryable");
}

void end_job(soci::session& sql, const std::string& processing_id, JobStatus status, bool dead, Moment now) {
  const int percentage = status == JobStatus::completed ? 100 : 0;
  sql << R"(UPDATE jobs SET status = :status, dead = :dead, completed_at = :now, lease_owner = NULL,
              lease_until = NULL, run_after = NULL, seconds_left = NULL, cancel_requested = 0,
              progress_percentage = MAX(progress_percentage, :percentage)
            WHERE processing_id = :id)",
      soci::use(status, "status"), soci::use(dead, "dead"), soci::use(now, "now"),
      soci::use(percentage, "percentage"), soci::use(processing_id, "id");
  settle(sql, processing_id);
  announce(sql, processing_id, fmt::format("job.{}", name(status)), std::nullopt, now);
  count_ended(sql, processing_id);
}

}  // namespace reelwright::database

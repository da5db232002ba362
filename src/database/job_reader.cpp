#include "database/job_reader.h"

#include "database/values.h"

namespace reelwright::database {

const std::string job_columns =
    "processing_id, kind, user_id, settings, inputs, status, priority, attempt, failed_attempts,"
    " most_attempts, dead, cancel_requested, progress_percentage, stage, seconds_left, warnings, queued_at,"
    " run_after, lease_owner, lease_until, created_at, started_at, completed_at, original_filename,"
    " num_clips_requested, aspect_ratio, webhook_url, batch_id, request_id, source_seconds,"
    " source_container, source_digest, source_bytes, workspace_bytes, result_bytes, results, revision,"
    " CASE status WHEN 'failed' THEN (SELECT code FROM job_errors AS e"
    "   WHERE e.processing_id = jobs.processing_id ORDER BY id DESC LIMIT 1) END,"
    " CASE status WHEN 'failed' THEN (SELECT message FROM job_errors AS e"
    "   WHERE e.processing_id = jobs.processing_id ORDER BY id DESC LIMIT 1) END";

void bind_job(soci::statement& statement, Job& job) {
  const auto into = [&](auto&... members) { (statement.exchange(soci::into(members)), ...); };
  into(job.processing_id, job.kind, job.user_id, job.settings, job.inputs, job.status, job.priority,
       job.attempt, job.failed_attempts, job.most_attempts, job.dead, job.cancel_requested,
       job.progress_percentage, job.stage, job.seconds_left, job.warnings, job.queued_at, job.run_after,
       job.lease_owner, job.lease_until, job.created_at, job.started_at, job.completed_at,
       job.original_filename, job.num_clips_requested, job.aspect_ratio, job.webhook_url, job.batch_id,
       job.request_id, job.source_seconds, job.source_container, job.source_digest, job.source_bytes,
       job.workspace_bytes, job.result_bytes, job.results, job.revision, job.error_code, job.error_message);
}

}  // namespace reelwright::database

#include "database/jobs.h"

#include "database/job_reader.h"
#include "database/job_rows.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

void JobTable::insert(const NewJob& job, Moment now) {
  writing(database_, [&](soci::session& sql) { insert_job(sql, job, now); });
}

std::optional<Job> JobTable::find(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) -> std::optional<Job> {
    Job job;
    soci::statement read(sql);
    bind_job(read, job);
    read.exchange(soci::use(processing_id, "id"));
    read.alloc();
    read.prepare("SELECT " + job_columns + " FROM jobs WHERE processing_id = :id");
    read.define_and_bind();
    return read.execute(true) ? std::optional(job) : std::nullopt;
  });
}

std::vector<JobError> JobTable::errors(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) {
    std::vector<JobError> errors;
    JobError error;
    soci::statement read = (sql.prepare << R"(SELECT code, message, stage, retryable FROM job_errors
                           WHERE processing_id = :id ORDER BY id)",
                            soci::use(processing_id, "id"), soci::into(error.code), soci::into(error.message),
                            soci::into(error.stage), soci::into(error.retryable));
    read.execute();
    while (read.fetch()) errors.push_back(error);
    return errors;
  });
}

std::vector<StageCost> JobTable::stages(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) {
    std::vector<StageCost> stages;
    StageCost cost;
    soci::statement read =
        (sql.prepare << R"(SELECT stage, seconds, cpu_seconds, peak_mib, reused FROM job_stages
                           WHERE processing_id = :id ORDER BY id)",
         soci::use(processing_id, "id"), soci::into(cost.stage), soci::into(cost.seconds),
         soci::into(cost.cpu_seconds), soci::into(cost.peak_mib), soci::into(cost.reused));
    read.execute();
    while (read.fetch()) stages.push_back(cost);
    return stages;
  });
}

bool JobTable::note_stored(const std::string& processing_id, const StoredBytes& bytes) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    soci::statement note = (sql.prepare << R"(UPDATE jobs SET source_bytes = COALESCE(:source, source_bytes),
                                                workspace_bytes = COALESCE(:workspace, workspace_bytes),
                                                result_bytes = COALESCE(:results, result_bytes)
                                              WHERE processing_id = :id)",
                            soci::use(bytes.source, "source"), soci::use(bytes.workspace, "workspace"),
                            soci::use(bytes.results, "results"), soci::use(processing_id, "id"));
    return changed(note);
  });
}

bool JobTable::remove(const std::string& processing_id, Moment now) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement remove =
        (sql.prepare << "DELETE FROM jobs WHERE processing_id = :id", soci::use(processing_id, "id"));
    if (!changed(remove)) return false;
    const std::int64_t revision = next_revision(sql);
    const Moment yesterday = now - std::chrono::days(1);
    sql << "INSERT INTO removed_jobs (revision, processing_id, at) VALUES (:revision, :id, :now)",
        soci::use(revision, "revision"), soci::use(processing_id, "id"), soci::use(now, "now");
    sql << "DELETE FROM removed_jobs WHERE at < :yesterday", soci::use(yesterday, "yesterday");
    return true;
  });
}

}  // namespace reelwright::database

#include "database/job_statistics.h"

#include <algorithm>

#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

std::vector<JobCount> count_jobs(Database& database) {
  return reading(database, [](soci::session& sql) {
    std::vector<JobCount> counts;
    JobCount count;
    soci::statement read =
        (sql.prepare << "SELECT kind, status, COUNT(*) FROM jobs GROUP BY kind, status ORDER BY kind, status",
         soci::into(count.kind), soci::into(count.status), soci::into(count.jobs));
    read.execute();
    while (read.fetch()) counts.push_back(count);
    return counts;
  });
}

QueueDepth queue_depth(Database& database, Moment now) {
  return reading(database, [&](soci::session& sql) {
    QueueDepth depth;
    std::optional<double> oldest;
    sql << R"(SELECT COUNT(*), MIN(queued_at) FROM jobs
              WHERE status = 'queued' AND (run_after IS NULL OR run_after <= :now))",
        soci::use(now, "now"), soci::into(depth.jobs), soci::into(oldest);
    if (oldest) depth.oldest_seconds = std::max(0.0, seconds_of(now) - *oldest);
    return depth;
  });
}

std::vector<StageRecord> stages_after(Database& database, std::int64_t id, int limit) {
  return reading(database, [&](soci::session& sql) {
    std::vector<StageRecord> records;
    StageRecord record;
    StageCost& cost = record.cost;
    soci::statement read =
        (sql.prepare << R"(SELECT job_stages.id, processing_id, kind, job_stages.stage, seconds, cpu_seconds,
                             peak_mib, reused, at
                           FROM job_stages JOIN jobs USING (processing_id)
                           WHERE job_stages.id > :id ORDER BY job_stages.id LIMIT :limit)",
         soci::use(id, "id"), soci::use(limit, "limit"), soci::into(record.id),
         soci::into(record.processing_id), soci::into(record.kind), soci::into(cost.stage),
         soci::into(cost.seconds), soci::into(cost.cpu_seconds), soci::into(cost.peak_mib),
         soci::into(cost.reused), soci::into(record.at));
    read.execute();
    while (read.fetch()) records.push_back(record);
    return records;
  });
}

}  // namespace reelwright::database

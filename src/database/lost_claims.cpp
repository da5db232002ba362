#include "database/lost_claims.h"

#include "database/job_rows.h"
#include "database/queue_queries.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// A claim whose worker let the lease run out.
struct Lost {
  Claim claim;
  std::string stage;
  int failed_attempts = 0;
  int most_attempts = 0;
  int deaths = 0;  ///< noted before
  bool cancel_requested = false;
};

constexpr const char* death = "Its worker died.";

std::vector<Lost> find_lost(soci::session& sql, Moment now) {
  std::vector<Lost> all;
  Lost lost;
  const std::string message = death;
  soci::statement read =
      (sql.prepare << R"(SELECT processing_id, attempt, stage, failed_attempts, most_attempts,
                           cancel_requested, (SELECT COUNT(*) FROM job_errors AS e
                             WHERE e.processing_id = jobs.processing_id AND e.message = :death)
                         FROM jobs WHERE status = 'processing' AND lease_until < :now)",
       soci::use(message, "death"), soci::use(now, "now"), soci::into(lost.claim.processing_id),
       soci::into(lost.claim.attempt), soci::into(lost.stage), soci::into(lost.failed_attempts),
       soci::into(lost.most_attempts), soci::into(lost.cancel_requested), soci::into(lost.deaths));
  read.execute();
  while (read.fetch()) all.push_back(lost);
  return all;
}

/// Leaves the job its place in the queue.
void queue_lost(soci::session& sql, const Lost& lost, Moment now) {
  note_error(sql, lost.claim, {"internal", death, lost.stage, true}, now);
  sql << R"(UPDATE jobs SET status = 'queued', failed_attempts = failed_attempts + 1, lease_owner = NULL,
              lease_until = NULL, run_after = NULL, seconds_left = NULL WHERE processing_id = :id)",
      soci::use(lost.claim.processing_id, "id");
  settle(sql, lost.claim.processing_id);
}

void bury(soci::session& sql, const Lost& lost, Moment now) {
  const int deaths = lost.deaths + 1;
  const std::string message =
      deaths == 1 ? "Its worker died once." : fmt::format("Its worker died {} times.", deaths);
  note_error(sql, lost.claim, {"internal", message, lost.stage, false}, now);
  sql << "UPDATE jobs SET failed_attempts = failed_attempts + 1 WHERE processing_id = :id",
      soci::use(lost.claim.processing_id, "id");
  end_job(sql, lost.claim.processing_id, JobStatus::failed, true, now);
}

}  // namespace

bool any_lost(soci::session& sql, Moment now, Moment until) {
  int lost = 0;
  sql << any_lost_query, soci::use(now, "now"), soci::use(until, "until"), soci::into(lost);
  return lost > 0;
}

int end_lost(soci::session& sql, Moment now, Moment until) {
  sql << "UPDATE jobs SET lease_until = :until WHERE status = 'processing' AND lease_until > :until",
      soci::use(until, "until");
  const std::vector<Lost> all = find_lost(sql, now);
  for (const Lost& lost : all) {
    if (lost.cancel_requested)
      end_job(sql, lost.claim.processing_id, JobStatus::cancelled, false, now);
    else if (lost.failed_attempts + 1 >= lost.most_attempts)
      bury(sql, lost, now);
    else
      queue_lost(sql, lost, now);
  }
  return static_cast<int>(all.size());
}

}  // namespace reelwright::database

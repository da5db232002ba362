#pragma once

// Inside `database/` only: what the tables of all kinds of jobs share within one transaction.

#include <soci/soci.h>

#include "database/jobs.h"

namespace reelwright::database {

/// Throws `conflict` where there is a job of that identity.
void insert_job(soci::session& sql, const NewJob& job, Moment now);

/// The condition that a claim is still good. Binds `:id` and `:attempt`.
inline constexpr const char* fenced =
    " WHERE processing_id = :id AND attempt = :attempt AND status = 'processing'";

/// Whether nobody else has claimed the job since, and it has not ended.
bool is_good(soci::session& sql, const Claim& claim);

/// The next revision: whoever follows changes sees what is written under it only after all that came before.
std::int64_t next_revision(soci::session& sql);

/// To be called after every change that a user can see: gives the row the next revision and tells the
/// blueprint's table of its kind.
void settle(soci::session& sql, const std::string& processing_id);

void note_error(soci::session& sql, const Claim& claim, const JobError& error, Moment now);

/// Ends a job that waits or runs, whatever it was doing, and tells everybody.
void end_job(soci::session& sql, const std::string& processing_id, JobStatus status, bool dead, Moment now);

}  // namespace reelwright::database

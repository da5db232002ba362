#pragma once

// Inside `database/` only: what the tables of all kinds of jobs share within one transaction.

#include <soci/soci.h>

#include "database/jobs.h"

namespace reelwright::database {

/// Seconds since 1970, as the tables hold moments.
double seconds_of(Moment moment);

/// Throws `conflict` where there is a job of that identity.
void insert_job(soci::session& sql, const NewJob& job, Moment now);

/// Whether nobody else has claimed the job since, and it has not ended.
bool is_good(soci::session& sql, const Claim& claim);

}  // namespace reelwright::database

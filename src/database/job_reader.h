#pragma once

// Inside `database/` only.

#include <soci/soci.h>

#include <string>
#include <vector>

#include "database/job.h"

namespace reelwright::database {

/// The columns of `jobs` that `bind_job` reads, in its order.
extern const std::string job_columns;

/// Has a statement that selects `job_columns` fill `job` with each row.
void bind_job(soci::statement& statement, Job& job);

}  // namespace reelwright::database

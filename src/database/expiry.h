#pragma once

#include <string>

#include "database/database.h"
#include "database/job.h"

namespace reelwright::database {

/// Takes back what a job published, because its time is over, with the warning `results_expired`; to be
/// called before its files go. False, and nothing changes, where the job waits or runs, or ended after
/// `ended_before`.
bool expire_results(Database& database, const std::string& processing_id, Moment ended_before);

}  // namespace reelwright::database

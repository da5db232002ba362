#pragma once

// Inside `database/` only.

#include <soci/soci.h>

#include "database/job.h"

namespace reelwright::database {

/// Whether `end_lost` would do anything.
bool any_lost(soci::session& sql, Moment now, Moment until);

/// What `JobTable::release_lost` does.
int end_lost(soci::session& sql, Moment now, Moment until);

}  // namespace reelwright::database

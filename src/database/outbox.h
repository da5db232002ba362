#pragma once

// Inside `database/` only.

#include <soci/soci.h>

#include <optional>
#include <string>

#include "core/time.h"

namespace reelwright::database {

/// Writes the delivery of an event where the job has a `webhook_url`, as a part of the caller's transaction.
void announce(soci::session& sql, const std::string& processing_id, const std::string& event,
              std::optional<int> clip_number, core::Moment now);

}  // namespace reelwright::database

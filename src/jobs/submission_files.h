#pragma once

// Inside `jobs/` only: what the parts of `Submissions` share.

#include <optional>

#include "jobs/submission.h"

namespace reelwright::jobs {

/// What was received lies under a key of the store now: its first name goes.
void take_away(const std::optional<ReceivedFile>& received);

}  // namespace reelwright::jobs

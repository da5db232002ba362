#pragma once

// Inside `database/` only: the statements that make the tables, a file a family. Times are seconds since 1970
// in UTC, but for those that the blueprint's tables hold as TIMESTAMP. JSON is text.

#include <span>

namespace reelwright::database {

using Statements = std::span<const char* const>;

/// What every kind of job has in common: the engine knows only these.
Statements job_schema();

/// The blueprint's tables, one pair a kind of job. They repeat what `jobs` says of a job's state.
Statements kind_schema();

/// Users, keys, secrets, what was used and paid for, and who did what.
Statements access_schema();

/// What version 2 adds: what a paid call was for.
Statements cost_schema();

/// What requests leave behind: idempotency keys, batches, unfinished uploads, webhooks on their way.
Statements request_schema();

}  // namespace reelwright::database

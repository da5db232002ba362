#pragma once

// Inside `database/` only.

#include <soci/soci.h>

namespace reelwright::database {

/// Brings the tables to the newest version inside of the caller's transaction. Throws `conflict` where they
/// are newer.
void apply_migrations(soci::session& sql);

}  // namespace reelwright::database

#pragma once

// Inside `database/` only: the queries that workers ask all day, as texts, so that a test can see how SQLite
// goes about them.

#include <string>

namespace reelwright::database {

/// A job waits and may run. Where it was queued later than now the clock has been set back since, and its
/// `run_after` says nothing; clocks of several machines differ by less than the minute.
inline const std::string is_due =
    " status = 'queued' AND (run_after IS NULL OR run_after <= :now OR queued_at > :now + 60)";

/// The next job of the kinds in `:kinds`: names with a comma before and after each, or a comma for all.
inline const std::string next_due_query = "SELECT processing_id FROM jobs WHERE" + is_due +
                                          " AND (:kinds = ',' OR :kinds LIKE '%,' || kind || ',%')"
                                          " ORDER BY priority DESC, queued_at, processing_id LIMIT 1";

/// Claims whose worker let the lease run out, and those from before the clock was set back.
inline const std::string any_lost_query =
    "SELECT COUNT(*) FROM jobs WHERE status = 'processing' AND (lease_until < :now OR lease_until > :until)";

/// Jobs by their last change, and those that are gone.
inline const std::string changes_query =
    R"(SELECT processing_id, revision, 0 FROM jobs WHERE revision > ?1
       UNION ALL SELECT processing_id, revision, 1 FROM removed_jobs WHERE revision > ?1
       ORDER BY 2 LIMIT ?2)";

}  // namespace reelwright::database

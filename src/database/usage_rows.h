#pragma once

// Inside `database/` only: counts what users do, each as a part of the caller's transaction.

#include <soci/soci.h>

#include <cstdint>
#include <string>

#include "core/time.h"

namespace reelwright::database {

void count_made(soci::session& sql, const std::string& user_id, std::int64_t bytes, core::Moment now);

/// Bytes that came in after the job was made.
void count_bytes(soci::session& sql, const std::string& user_id, std::int64_t bytes, core::Moment now);

/// To be called while the row says since when it waited and when it was started.
void count_started(soci::session& sql, const std::string& processing_id);

void count_source(soci::session& sql, const std::string& processing_id, double seconds, core::Moment now);

/// To be called when the row says how it ended.
void count_ended(soci::session& sql, const std::string& processing_id);

void count_cost(soci::session& sql, const std::string& user_id, double amount, core::Moment now);

}  // namespace reelwright::database

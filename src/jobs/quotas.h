#pragma once

#include <cstdint>
#include <string>

#include "core/time.h"

namespace reelwright::core {
class Config;
}
namespace reelwright::database {
class Database;
}
namespace reelwright::storage {
class Storage;
}

namespace reelwright::jobs {

/// Throws `over_budget`, naming the quota, where the user may not have another job: of jobs and minutes of
/// recordings today, of money this month.
void check_job_quotas(database::Database& database, const core::Config& config, const std::string& user_id,
                      core::Moment now);

/// The same where `bytes` more would be over the user's quota of storage.
void check_storage_quota(database::Database& database, const core::Config& config, const std::string& user_id,
                         std::uint64_t bytes, core::Moment now);

/// Throws `too_large` over MAX_UPLOAD_MB.
void check_upload_size(const core::Config& config, std::uint64_t bytes);

/// Throws `storage_full` where `bytes` more would leave less than MIN_FREE_MB.
void check_free_room(storage::Storage& storage, const core::Config& config, std::uint64_t bytes);

}  // namespace reelwright::jobs

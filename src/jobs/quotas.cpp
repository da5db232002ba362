#include "jobs/quotas.h"

#include <fmt/format.h>

#include "core/config.h"
#include "core/error.h"
#include "database/usage.h"
#include "database/users.h"
#include "storage/storage.h"

namespace reelwright::jobs {

namespace {

using core::Error;
using core::ErrorCode;

constexpr double seconds_a_minute = 60;

std::uint64_t mebibytes(int number) { return static_cast<std::uint64_t>(number) << 20U; }

database::Quotas quotas_of(database::Database& database, const std::string& user_id) {
  const auto user = database::UserTable(database).find(user_id);
  return user ? user->quotas : database::Quotas{};
}

/// What a user may have: the user's own figure, else the setting's; zero is any.
int limit(const std::optional<int>& own, const core::Config& config, std::string_view setting) {
  return own ? *own : config.integer(setting);
}

[[noreturn]] void refuse(const std::string& quota, std::string_view until) {
  throw Error(ErrorCode::over_budget, fmt::format("Your quota of {} is used up{}.", quota, until));
}

constexpr std::string_view tomorrow = "; it begins anew tomorrow (UTC)";

}  // namespace

void check_job_quotas(database::Database& database, const core::Config& config, const std::string& user_id,
                      core::Moment now) {
  const database::Quotas own = quotas_of(database, user_id);
  const database::UsageNow used = database::UsageTable(database).now(user_id, now);
  const int jobs = limit(own.jobs_per_day, config, "QUOTA_JOBS_PER_DAY");
  if (jobs > 0 && used.jobs_today >= jobs) refuse(fmt::format("{} jobs a day", jobs), tomorrow);
  const int minutes = limit(own.minutes_per_day, config, "QUOTA_MINUTES_PER_DAY");
  if (minutes > 0 && used.source_seconds_today >= minutes * seconds_a_minute)
    refuse(fmt::format("{} minutes of recordings a day", minutes), tomorrow);
  const double cost = own.cost_per_month.value_or(config.number("QUOTA_COST_PER_MONTH"));
  if (cost > 0 && used.cost_this_month >= cost)
    refuse(fmt::format("{:.2f} US dollars a month", cost), "; it begins anew next month (UTC)");
}

void check_storage_quota(database::Database& database, const core::Config& config, const std::string& user_id,
                         std::uint64_t bytes, core::Moment now) {
  const int most = limit(quotas_of(database, user_id).storage_mb, config, "QUOTA_STORAGE_MB");
  if (most == 0) return;
  const auto used = static_cast<std::uint64_t>(database::UsageTable(database).now(user_id, now).stored_bytes);
  if (used + bytes > mebibytes(most))
    refuse(fmt::format("{} MiB of storage", most), ", or would be; delete jobs that you no longer need");
}

void check_upload_size(const core::Config& config, std::uint64_t bytes) {
  const int most = config.integer("MAX_UPLOAD_MB");
  if (bytes > mebibytes(most))
    throw Error(ErrorCode::too_large, fmt::format("A recording may have at most {} MiB.", most));
}

void check_free_room(storage::Storage& storage, const core::Config& config, std::uint64_t bytes) {
  const auto free = storage.free_bytes();
  if (free && *free < bytes + mebibytes(config.integer("MIN_FREE_MB")))
    throw Error(ErrorCode::storage_full, "The service has no room for this just now; try again later.",
                fmt::format("{} bytes are free", *free));
}

}  // namespace reelwright::jobs

#include "database/usage_rows.h"

#include <algorithm>
#include <string_view>

#include "database/values.h"

namespace reelwright::database {

namespace {

struct Count {
  std::string_view column;
  double amount = 0;
};

/// Adds to two columns of a user's day.
void add(soci::session& sql, const std::string& user_id, core::Moment at, Count first, Count second) {
  const std::string day = day_of(at);
  sql << fmt::format(
      R"(INSERT INTO usage_days (user_id, day, {0}, {1}) VALUES (:user, :day, :first, :second)
         ON CONFLICT (user_id, day) DO UPDATE
         SET {0} = usage_days.{0} + excluded.{0}, {1} = usage_days.{1} + excluded.{1})",
      first.column, second.column),
      soci::use(user_id, "user"), soci::use(day, "day"), soci::use(first.amount, "first"),
      soci::use(second.amount, "second");
}

/// What counting needs of a job's row.
struct Times {
  std::string user_id;
  JobStatus status{};
  core::Moment queued_at;
  std::optional<core::Moment> started_at{};
  std::optional<core::Moment> completed_at{};
};

Times times_of(soci::session& sql, const std::string& processing_id) {
  Times times;
  sql << R"(SELECT user_id, status, queued_at, started_at, completed_at FROM jobs
            WHERE processing_id = :id)",
      soci::use(processing_id, "id"), soci::into(times.user_id), soci::into(times.status),
      soci::into(times.queued_at), soci::into(times.started_at), soci::into(times.completed_at);
  return times;
}

/// A clock that was set back gives no negative time.
double seconds_between(core::Moment from, core::Moment to) {
  return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

}  // namespace

void count_made(soci::session& sql, const std::string& user_id, std::int64_t bytes, core::Moment now) {
  add(sql, user_id, now, {"jobs", 1}, {"uploaded_bytes", static_cast<double>(bytes)});
}

void count_bytes(soci::session& sql, const std::string& user_id, std::int64_t bytes, core::Moment now) {
  add(sql, user_id, now, {"uploaded_bytes", static_cast<double>(bytes)}, {"jobs", 0});
}

void count_started(soci::session& sql, const std::string& processing_id) {
  const Times times = times_of(sql, processing_id);
  if (!times.started_at) return;
  const double waited = seconds_between(times.queued_at, *times.started_at);
  add(sql, times.user_id, *times.started_at, {"started", 1}, {"waiting_seconds", waited});
}

void count_source(soci::session& sql, const std::string& processing_id, double seconds, core::Moment now) {
  add(sql, times_of(sql, processing_id).user_id, now, {"source_seconds", seconds}, {"jobs", 0});
}

void count_ended(soci::session& sql, const std::string& processing_id) {
  const Times times = times_of(sql, processing_id);
  if (!times.completed_at) return;
  const bool ran = times.started_at && times.status != JobStatus::cancelled;
  const double seconds = ran ? seconds_between(*times.started_at, *times.completed_at) : 0;
  add(sql, times.user_id, *times.completed_at, {name(times.status), 1}, {"processing_seconds", seconds});
}

void count_cost(soci::session& sql, const std::string& user_id, double amount, core::Moment now) {
  add(sql, user_id, now, {"cost", amount}, {"jobs", 0});
}

}  // namespace reelwright::database

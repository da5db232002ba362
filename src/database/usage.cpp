#include "database/usage.h"

#include <fmt/format.h>

#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

std::int64_t read_stored_bytes(soci::session& sql, const std::string& user_id) {
  std::int64_t jobs = 0;
  std::int64_t uploads = 0;
  const std::string whose = user_id.empty() ? "'' = :user" : "user_id = :user";
  sql << "SELECT COALESCE(SUM(source_bytes + workspace_bytes + result_bytes), 0) FROM jobs WHERE " << whose,
      soci::use(user_id, "user"), soci::into(jobs);
  sql << "SELECT COALESCE(SUM(received), 0) FROM uploads WHERE processing_id = '' AND " << whose,
      soci::use(user_id, "user"), soci::into(uploads);
  return jobs + uploads;
}

}  // namespace

UsageNow UsageTable::now(const std::string& user_id, Moment now) {
  const std::string today = day_of(now);
  const std::string month = today.substr(0, 7) + "-%";
  return reading(database_, [&](soci::session& sql) {
    UsageNow usage;
    sql << R"(SELECT COALESCE(SUM(jobs), 0), COALESCE(SUM(source_seconds), 0) FROM usage_days
              WHERE user_id = :user AND day = :day)",
        soci::use(user_id, "user"), soci::use(today, "day"), soci::into(usage.jobs_today),
        soci::into(usage.source_seconds_today);
    sql << "SELECT COALESCE(SUM(cost), 0) FROM usage_days WHERE user_id = :user AND day LIKE :month",
        soci::use(user_id, "user"), soci::use(month, "month"), soci::into(usage.cost_this_month);
    usage.stored_bytes = read_stored_bytes(sql, user_id);
    return usage;
  });
}

std::vector<UsageDay> UsageTable::days(const std::string& user_id, Moment from, Moment to) {
  const std::string first = day_of(from);
  const std::string last = day_of(to);
  return reading(database_, [&](soci::session& sql) {
    std::vector<UsageDay> days;
    UsageDay day;
    soci::statement read =
        (sql.prepare << R"(SELECT user_id, day, jobs, completed, failed, cancelled, started, source_seconds,
                             waiting_seconds, processing_seconds, uploaded_bytes, cost
                           FROM usage_days
                           WHERE day BETWEEN :first AND :last AND (:user = '' OR user_id = :user)
                           ORDER BY day, user_id)",
         soci::use(first, "first"), soci::use(last, "last"), soci::use(user_id, "user"),
         soci::into(day.user_id), soci::into(day.day), soci::into(day.jobs), soci::into(day.completed),
         soci::into(day.failed), soci::into(day.cancelled), soci::into(day.started),
         soci::into(day.source_seconds), soci::into(day.waiting_seconds), soci::into(day.processing_seconds),
         soci::into(day.uploaded_bytes), soci::into(day.cost));
    read.execute();
    while (read.fetch()) days.push_back(day);
    return days;
  });
}

std::int64_t UsageTable::stored_bytes(const std::string& user_id) {
  return reading(database_, [&](soci::session& sql) { return read_stored_bytes(sql, user_id); });
}

}  // namespace reelwright::database

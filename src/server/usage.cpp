#include "database/usage.h"

#include "database/users.h"
#include "jobs/whole_json.h"
#include "server/moments.h"
#include "server/router.h"
#include "server/schema.h"
#include "server/services.h"

namespace reelwright::server {

struct UsageAnswer {
  std::string user_id;
  std::int64_t jobs_today;
  double minutes_today;
  std::int64_t storage_bytes;
  double cost_this_month;
  std::optional<int> quota_jobs_per_day, quota_minutes_per_day, quota_storage_mb;
  std::optional<double> quota_cost_per_month;
};

struct AnalyticsDay {
  std::string user_id, day;
  std::int64_t jobs, completed, failed, cancelled;
  double success_rate;  ///< of those that completed or failed, 0 to 1
  double source_minutes, average_waiting_seconds, average_processing_seconds;
  std::int64_t uploaded_bytes;
  double cost;
};

struct Analytics {
  std::string from, to;
  std::int64_t storage_bytes;
  std::vector<AnalyticsDay> days{};
};

struct AnalyticsQuery {
  std::optional<std::string> from;
  std::optional<std::string> to;
};

template <>
struct Rules<AnalyticsQuery> {
  static std::vector<Rule> of() {
    return {{.field = "from", .help = "first day; 30 days ago where it is missing", .format = "date-time"},
            {.field = "to", .help = "last day; today where it is missing", .format = "date-time"}};
  }
};

namespace {

/// A user's own quota goes before the setting; none of both is null.
template <typename Number>
std::optional<Number> quota(const std::optional<Number>& own, Number setting) {
  const Number value = own.value_or(setting);
  return value == 0 ? std::nullopt : std::optional(value);
}

Response usage(Services& services, const Request& request) {
  const std::string& user = request.caller.user_id;
  const auto now = database::UsageTable(services.database).now(user, core::now());
  const auto found = database::UserTable(services.database).find(user);
  const database::Quotas own = found ? found->quotas : database::Quotas{};
  const core::Config& config = services.config;
  const UsageAnswer answer{
      .user_id = user,
      .jobs_today = now.jobs_today,
      .minutes_today = now.source_seconds_today / 60,
      .storage_bytes = now.stored_bytes,
      .cost_this_month = now.cost_this_month,
      .quota_jobs_per_day = quota(own.jobs_per_day, config.integer("QUOTA_JOBS_PER_DAY")),
      .quota_minutes_per_day = quota(own.minutes_per_day, config.integer("QUOTA_MINUTES_PER_DAY")),
      .quota_storage_mb = quota(own.storage_mb, config.integer("QUOTA_STORAGE_MB")),
      .quota_cost_per_month = quota(own.cost_per_month, config.number("QUOTA_COST_PER_MONTH"))};
  return json_response(jobs::whole_json(answer, "the usage"));
}

/// The mean of what `sum` is the sum of.
double mean(double sum, std::int64_t count) { return count > 0 ? sum / static_cast<double>(count) : 0; }

AnalyticsDay shown(const database::UsageDay& day) {
  const std::int64_t ended = day.completed + day.failed;
  return {.user_id = day.user_id,
          .day = day.day,
          .jobs = day.jobs,
          .completed = day.completed,
          .failed = day.failed,
          .cancelled = day.cancelled,
          .success_rate = mean(static_cast<double>(day.completed), ended),
          .source_minutes = day.source_seconds / 60,
          .average_waiting_seconds = mean(day.waiting_seconds, day.started),
          .average_processing_seconds = mean(day.processing_seconds, ended),
          .uploaded_bytes = day.uploaded_bytes,
          .cost = day.cost};
}

Response analytics(Services& services, const Request& request) {
  const std::vector<std::pair<std::string, std::string>> given(request.query.begin(), request.query.end());
  const auto asked = read_as<AnalyticsQuery>(object_from(schema_of<AnalyticsQuery>(), given));
  const core::Moment to = asked.to ? moment_from(*asked.to) : core::now();
  const core::Moment from = asked.from ? moment_from(*asked.from) : to - std::chrono::days(30);
  if (from > to) throw InvalidFields({{"from", "is later than to"}});
  const std::string user = request.caller.admin ? "" : request.caller.user_id;
  database::UsageTable table(services.database);
  Analytics answer{
      .from = core::rfc3339(from), .to = core::rfc3339(to), .storage_bytes = table.stored_bytes(user)};
  for (const auto& day : table.days(user, from, to)) answer.days.push_back(shown(day));
  return json_response(jobs::whole_json(answer, "the analytics"));
}

}  // namespace

void add_usage(Router& router, Services& services) {
  router.add({.method = Method::get,
              .pattern = "/api/usage",
              .docs = {.summary = "What you have used, and what you may",
                       .tag = "usage",
                       .answer = std::make_shared<const Schema>(schema_of<UsageAnswer>())},
              .handler = Handler([&services](Request& request) { return usage(services, request); })});
  router.add({.method = Method::get,
              .pattern = "/api/analytics",
              .docs = {.summary = "Jobs, success, times, storage and cost by user and day; all users' for a "
                                  "key of the scope admin",
                       .tag = "usage",
                       .query = std::make_shared<const Schema>(schema_of<AnalyticsQuery>()),
                       .answer = std::make_shared<const Schema>(schema_of<Analytics>()),
                       .failures = {422}},
              .handler = Handler([&services](Request& request) { return analytics(services, request); })});
}

}  // namespace reelwright::server

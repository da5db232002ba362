#include "database/job_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "jobs/status.h"
#include "jobs/whole_json.h"
#include "server/moments.h"
#include "server/router.h"
#include "server/schema.h"
#include "server/services.h"

namespace reelwright::server {

struct JobListQuery {
  std::optional<std::string> status;
  std::optional<std::string> kind;
  std::optional<std::string> user;
  std::optional<std::string> batch_id;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::optional<std::string> search;
  std::optional<std::string> sort;
  std::optional<std::string> fields;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};

struct JobListPage {
  std::vector<glz::raw_json> jobs;
  std::optional<std::string> next_cursor;
};

template <>
struct Rules<JobListQuery> {
  static std::vector<Rule> of() {
    return {
        {.field = "status",
         .help = "one or several with commas: queued, processing, completed, failed, cancelled",
         .longest = 100},
        {.field = "kind", .longest = 40},
        {.field = "user", .help = "for keys of the scope admin: the jobs of this user only", .longest = 100},
        {.field = "batch_id", .longest = 36},
        {.field = "from", .help = "made at this moment or later", .format = "date-time"},
        {.field = "to", .help = "made before this moment", .format = "date-time"},
        {.field = "search", .help = "in original_filename", .longest = 200},
        {.field = "sort",
         .help = "- for the greatest first",
         .choices = {"created_at", "-created_at", "completed_at", "-completed_at", "status", "-status",
                     "original_filename", "-original_filename"},
         .preset = "\"-created_at\""},
        {.field = "fields", .help = "the members to show, with commas; empty: all", .longest = 500},
        {.field = "cursor", .help = "`next_cursor` of the page before", .longest = 1000},
        {.field = "limit", .minimum = 1, .maximum = 200, .preset = "50"}};
  }
};

namespace {

std::vector<std::string> words(const std::string& list) {
  std::vector<std::string> parts;
  std::istringstream stream(list);
  for (std::string part; std::getline(stream, part, ',');)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

database::JobQuery query_from(const JobListQuery& asked, const Caller& caller) {
  database::JobQuery query;
  query.user_id = caller.admin ? asked.user : caller.user_id;
  for (const std::string& word : words(asked.status.value_or(""))) {
    const auto status = database::status_named(word);
    if (!status) throw InvalidFields({{"status", fmt::format("has no {}", word)}});
    query.statuses.push_back(*status);
  }
  if (asked.kind) query.kinds = {*asked.kind};
  query.batch_id = asked.batch_id;
  if (asked.from) query.created_from = moment_from(*asked.from);
  if (asked.to) query.created_to = moment_from(*asked.to);
  query.search = asked.search.value_or("");
  std::string sort = asked.sort.value_or("-created_at");
  query.descending = sort.starts_with('-');
  if (query.descending) sort.erase(0, 1);
  query.order = database::order_named(sort).value();
  query.cursor = asked.cursor.value_or("");
  query.limit = asked.limit.value_or(50);
  return query;
}

/// `json` with the members that are asked for alone.
std::string only(const std::string& json, const std::vector<std::string>& fields) {
  if (fields.empty()) return json;
  const auto whole = parse_json(json);
  glz::generic::object_t shown;
  for (const auto& [key, value] : whole.get<glz::generic::object_t>())
    if (std::ranges::contains(fields, key)) shown[key] = value;
  return glz::generic(std::move(shown)).dump().value_or("{}");
}

Response list(Services& services, const Request& request) {
  const std::vector<std::pair<std::string, std::string>> given(request.query.begin(), request.query.end());
  const auto asked = read_as<JobListQuery>(object_from(schema_of<JobListQuery>(), given));
  const auto page = database::list_jobs(services.database, query_from(asked, request.caller));
  JobListPage shown;
  for (const database::Job& job : page.jobs)
    shown.jobs.emplace_back(only(jobs::summary_json(job), words(asked.fields.value_or(""))));
  if (!page.next_cursor.empty()) shown.next_cursor = page.next_cursor;
  return json_response(jobs::whole_json(shown, "the jobs"));
}

}  // namespace

void add_job_list(Router& router, Services& services) {
  router.add({.method = Method::get,
              .pattern = "/api/jobs",
              .docs = {.summary = "Your jobs, page by page; a key of the scope admin sees all",
                       .tag = "jobs",
                       .query = std::make_shared<const Schema>(schema_of<JobListQuery>()),
                       .answer = std::make_shared<const Schema>(schema_of<JobListPage>()),
                       .failures = {422}},
              .handler = Handler([&services](Request& request) { return list(services, request); })});
}

}  // namespace reelwright::server

#include "database/job_list.h"

#include <algorithm>
#include <array>

#include "core/encoding.h"
#include "core/error.h"
#include "database/job_search.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// By what jobs are sorted: its name, the expression, and how a job's value of it stands in a cursor.
struct Order {
  std::string_view name;
  const char* expression;
  std::string (*value)(const Job&);
};

std::string seconds_text(Moment moment) { return fmt::format("{:.17g}", seconds_of(moment)); }

/// Jobs that have not ended come after all that have.
constexpr const char* completed_or_never = "COALESCE(completed_at, 1e15)";

const std::array<Order, 4> orders = {{
    {"created_at", "created_at", [](const Job& job) { return seconds_text(job.created_at); }},
    {"completed_at", completed_or_never,
     [](const Job& job) { return job.completed_at ? seconds_text(*job.completed_at) : "1e15"; }},
    {"status", "status", [](const Job& job) { return std::string(name(job.status)); }},
    {"original_filename", "original_filename", [](const Job& job) { return job.original_filename; }},
}};

const Order& order_of(const JobQuery& query) { return orders[static_cast<std::size_t>(query.order)]; }

bool is_number(JobOrder order) { return order == JobOrder::created_at || order == JobOrder::completed_at; }

/// Behind which job a page begins.
struct Cursor {
  std::string value;
  std::string processing_id;
};

constexpr char separator = '\n';

std::string cursor_behind(const Job& job, const JobQuery& query) {
  const Order& order = order_of(query);
  return core::base64url(
      fmt::format("{}{}{}{}{}", order.name, separator, job.processing_id, separator, order.value(job)));
}

[[noreturn]] void refuse_cursor() {
  throw core::Error(core::ErrorCode::invalid_input,
                    "This cursor is of another list; begin without one and take `next_cursor` as it is.");
}

Cursor read_cursor(const JobQuery& query) {
  const auto text = core::from_base64url(query.cursor);
  if (!text) refuse_cursor();
  const std::size_t first = text->find(separator);
  const std::size_t second = text->find(separator, first + 1);
  if (first == std::string::npos || second == std::string::npos ||
      text->substr(0, first) != order_of(query).name)
    refuse_cursor();
  return {text->substr(second + 1), text->substr(first + 1, second - first - 1)};
}

double number_in(const std::string& text) {
  try {
    return std::stod(text);
  } catch (const std::exception&) {
    refuse_cursor();
  }
}

std::string pattern(const std::string& search) {
  std::string text = "%";
  for (const char c : search) {
    if (c == '%' || c == '_' || c == '\\') text += '\\';
    text += c;
  }
  return text + "%";
}

void add_filters(JobSearch& search, const JobQuery& query) {
  if (query.user_id) search.require("user_id = " + search.bind(*query.user_id));
  if (query.batch_id) search.require("batch_id = " + search.bind(*query.batch_id));
  if (query.created_from) search.require("created_at >= " + search.bind(seconds_of(*query.created_from)));
  if (query.created_to) search.require("created_at < " + search.bind(seconds_of(*query.created_to)));
  if (!query.statuses.empty())
    search.require("status IN (" +
                   search.bind_all(query.statuses, [](JobStatus status) { return name(status); }) + ")");
  if (!query.kinds.empty())
    search.require("kind IN (" + search.bind_all(query.kinds, [](const std::string& kind) { return kind; }) +
                   ")");
  if (!query.search.empty())
    search.require("LOWER(original_filename) LIKE LOWER(" + search.bind(pattern(query.search)) +
                   ") ESCAPE '\\'");
}

void begin_behind(JobSearch& search, const JobQuery& query) {
  if (query.cursor.empty()) return;
  const Cursor cursor = read_cursor(query);
  const std::string value =
      is_number(query.order) ? search.bind(number_in(cursor.value)) : search.bind(cursor.value);
  search.require(fmt::format("({}, processing_id) {} ({}, {})", order_of(query).expression,
                             query.descending ? "<" : ">", value, search.bind(cursor.processing_id)));
}

}  // namespace

std::optional<JobOrder> order_named(std::string_view text) {
  const auto found = std::ranges::find(orders, text, &Order::name);
  if (found == orders.end()) return std::nullopt;
  return static_cast<JobOrder>(found - orders.begin());
}

JobPage list_jobs(Database& database, const JobQuery& query) {
  return reading(database, [&](soci::session& sql) {
    JobSearch search(sql);
    add_filters(search, query);
    begin_behind(search, query);
    const char* direction = query.descending ? "DESC" : "ASC";
    JobPage page;
    page.jobs = search.run(fmt::format(" ORDER BY {0} {1}, processing_id {1} LIMIT {2}",
                                       order_of(query).expression, direction, query.limit + 1));
    if (page.jobs.size() <= static_cast<std::size_t>(query.limit)) return page;
    page.jobs.pop_back();
    page.next_cursor = cursor_behind(page.jobs.back(), query);
    return page;
  });
}

}  // namespace reelwright::database

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/job.h"

namespace reelwright::database {

/// By what a list is sorted; equal ones by `processing_id`.
enum class JobOrder { created_at, completed_at, status, original_filename };

/// Nothing for a word that is none of them.
std::optional<JobOrder> order_named(std::string_view text);

/// Which jobs are asked for; what is not set allows all.
struct JobQuery {
  std::optional<std::string> user_id{};
  std::vector<JobStatus> statuses{};
  std::vector<std::string> kinds{};
  std::optional<std::string> batch_id{};
  std::optional<Moment> created_from{};  ///< this moment belongs to it
  std::optional<Moment> created_to{};    ///< this one does not
  std::string search{};                  ///< in `original_filename`; letters of ASCII in either case
  JobOrder order = JobOrder::created_at;
  bool descending = true;
  std::string cursor{};  ///< of the page before; empty for the first
  int limit = 50;
};

struct JobPage {
  std::vector<Job> jobs;
  std::string next_cursor;  ///< empty on the last page
};

/// A page of jobs. A job that is made or changed meanwhile never shifts the others: pages begin behind a job,
/// not at a number. Throws `invalid_input` for a cursor that this program did not give, or gave for another
/// order.
JobPage list_jobs(Database& database, const JobQuery& query);

}  // namespace reelwright::database

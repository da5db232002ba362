#include "database/expiry.h"

#include <string_view>

#include "database/job_rows.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

constexpr std::string_view warning =
    R"({"code":"results_expired","message":"The results were removed because their time was over; run the job again."})";

/// `warnings` is a JSON array.
std::string with_warning(const std::string& warnings) {
  if (warnings.size() <= 2) return fmt::format("[{}]", warning);
  return fmt::format("{},{}]", warnings.substr(0, warnings.size() - 1), warning);
}

void take_back_results(soci::session& sql, const std::string& processing_id, const std::string& warnings) {
  sql << R"(DELETE FROM generated_clips WHERE job_id =
              (SELECT id FROM processing_jobs WHERE processing_id = :id))",
      soci::use(processing_id, "id");
  const std::string told = with_warning(warnings);
  sql << "UPDATE jobs SET results = 0, result_bytes = 0, warnings = :warnings WHERE processing_id = :id",
      soci::use(told, "warnings"), soci::use(processing_id, "id");
  settle(sql, processing_id);
}

}  // namespace

bool expire_results(Database& database, const std::string& processing_id, Moment ended_before) {
  return writing(database, [&](soci::session& sql) {
    int results = 0;
    std::string warnings;
    sql << R"(SELECT results, warnings FROM jobs WHERE processing_id = :id
              AND status IN ('completed', 'failed', 'cancelled') AND completed_at < :before)",
        soci::use(processing_id, "id"), soci::use(ended_before, "before"), soci::into(results),
        soci::into(warnings);
    if (!sql.got_data()) return false;
    if (results > 0) take_back_results(sql, processing_id, warnings);
    return true;
  });
}

}  // namespace reelwright::database

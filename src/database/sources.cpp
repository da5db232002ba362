#include "database/sources.h"

#include "database/job_rows.h"
#include "database/session.h"
#include "database/usage_rows.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// What the job took before counts no second time.
void count_growth(soci::session& sql, const std::string& processing_id, std::int64_t bytes, Moment now) {
  std::string user_id;
  std::int64_t before = 0;
  sql << "SELECT user_id, source_bytes FROM jobs WHERE processing_id = :id", soci::use(processing_id, "id"),
      soci::into(user_id), soci::into(before);
  if (bytes > before) count_bytes(sql, user_id, bytes - before, now);
}

}  // namespace

bool note_fetched(Database& database, const Claim& claim, const FetchedSource& fetched, Moment now) {
  return writing(database, [&](soci::session& sql) {
    if (!is_good(sql, claim)) return false;
    count_growth(sql, claim.processing_id, fetched.bytes, now);
    sql << R"(UPDATE jobs SET inputs = :inputs, source_bytes = :bytes, source_digest = :digest
              WHERE processing_id = :id)",
        soci::use(fetched.inputs, "inputs"), soci::use(fetched.bytes, "bytes"),
        soci::use(fetched.digest, "digest"), soci::use(claim.processing_id, "id");
    sql << "UPDATE processing_jobs SET input_filename = :key WHERE processing_id = :id",
        soci::use(fetched.input_filename, "key"), soci::use(claim.processing_id, "id");
    settle(sql, claim.processing_id);
    return true;
  });
}

}  // namespace reelwright::database

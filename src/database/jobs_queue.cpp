#include "database/job_rows.h"
#include "database/lost_claims.h"
#include "database/queue_queries.h"
#include "database/session.h"
#include "database/usage_rows.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// As `next_due_query` wants it.
std::string listed(std::span<const std::string> kinds) {
  std::string text = ",";
  for (const std::string& kind : kinds) text += kind + ",";
  return text;
}

std::optional<std::string> find_due(soci::session& sql, std::span<const std::string> kinds, Moment now) {
  const std::string list = listed(kinds);
  std::string id;
  sql << next_due_query, soci::use(now, "now"), soci::use(list, "kinds"), soci::into(id);
  return sql.got_data() ? std::optional(id) : std::nullopt;
}

std::optional<Claim> take(soci::session& sql, const std::string& processing_id, const std::string& owner,
                          Moment now, Moment until) {
  Claim claim{processing_id};
  std::optional<Moment> started;
  sql << R"(UPDATE jobs SET status = 'processing', attempt = attempt + 1, lease_owner = :owner,
              lease_until = :until, run_after = NULL WHERE processing_id = :id AND)"
      << is_due << " RETURNING attempt, started_at",
      soci::use(owner, "owner"), soci::use(until, "until"), soci::use(processing_id, "id"),
      soci::use(now, "now"), soci::into(claim.attempt), soci::into(started);
  if (!sql.got_data()) return std::nullopt;
  if (!started) {
    sql << "UPDATE jobs SET started_at = :now WHERE processing_id = :id", soci::use(now, "now"),
        soci::use(processing_id, "id");
    count_started(sql, processing_id);
  }
  settle(sql, processing_id);
  return claim;
}

}  // namespace

std::optional<std::string> JobTable::next_due(std::span<const std::string> kinds, Moment now) {
  return reading(database_, [&](soci::session& sql) { return find_due(sql, kinds, now); });
}

std::optional<Claim> JobTable::claim_next(std::span<const std::string> kinds, const std::string& owner,
                                          Moment now, Moment until) {
  // Workers without work ask all day: they look before they wait for those who write.
  const bool idle = reading(database_, [&](soci::session& sql) {
    return !any_lost(sql, now, until) && !find_due(sql, kinds, now);
  });
  if (idle) return std::nullopt;
  return writing(database_, Lasting::usually, [&](soci::session& sql) -> std::optional<Claim> {
    end_lost(sql, now, until);
    const auto id = find_due(sql, kinds, now);
    return id ? take(sql, *id, owner, now, until) : std::nullopt;
  });
}

std::optional<Claim> JobTable::claim(const std::string& processing_id, const std::string& owner, Moment now,
                                     Moment until) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    end_lost(sql, now, until);
    return take(sql, processing_id, owner, now, until);
  });
}

int JobTable::release_lost(Moment now, Moment until) {
  if (!reading(database_, [&](soci::session& sql) { return any_lost(sql, now, until); })) return 0;
  return writing(database_, Lasting::usually, [&](soci::session& sql) { return end_lost(sql, now, until); });
}

}  // namespace reelwright::database

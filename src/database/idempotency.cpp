#include "database/idempotency.h"

#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

using State = IdempotentRequest::State;

constexpr auto answer_life = std::chrono::hours(24);
constexpr auto longest_work = std::chrono::hours(1);
constexpr auto owner_life = std::chrono::minutes(1);

/// The condition that a reservation still stands or an answer does.
constexpr const char* stands = " (expires_at > :now AND (owner IS NULL OR alive_until > :now))";

std::optional<IdempotentRequest> read(soci::session& sql, const std::string& user_id, const std::string& key,
                                      Moment now) {
  IdempotentRequest request;
  std::optional<std::string> owner;
  sql << R"(SELECT fingerprint, processing_id, response, owner FROM idempotency_keys
            WHERE user_id = :user AND idempotency_key = :key AND)"
      << stands,
      soci::use(user_id, "user"), soci::use(key, "key"), soci::use(now, "now"),
      soci::into(request.fingerprint), soci::into(request.processing_id), soci::into(request.response),
      soci::into(owner);
  if (!sql.got_data()) return std::nullopt;
  request.state = owner ? State::in_progress : State::finished;
  return request;
}

}  // namespace

IdempotentRequest IdempotencyTable::reserve(const std::string& user_id, const std::string& key,
                                            const std::string& fingerprint, const std::string& owner,
                                            Moment now) {
  const Moment alive_until = now + owner_life;
  const Moment expires_at = now + longest_work;
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    if (const auto there = read(sql, user_id, key, now)) return *there;
    sql << R"(INSERT INTO idempotency_keys (user_id, idempotency_key, fingerprint, owner, alive_until,
                expires_at)
              VALUES (:user, :key, :fingerprint, :owner, :alive, :expires)
              ON CONFLICT (user_id, idempotency_key) DO UPDATE SET fingerprint = excluded.fingerprint,
                owner = excluded.owner, alive_until = excluded.alive_until,
                expires_at = excluded.expires_at, processing_id = '', response = '')",
        soci::use(user_id, "user"), soci::use(key, "key"), soci::use(fingerprint, "fingerprint"),
        soci::use(owner, "owner"), soci::use(alive_until, "alive"), soci::use(expires_at, "expires");
    return IdempotentRequest{.state = State::reserved, .fingerprint = fingerprint};
  });
}

bool IdempotencyTable::finish(const std::string& user_id, const std::string& key, const std::string& owner,
                              const std::string& fingerprint, const std::string& processing_id,
                              const std::string& response, Moment now) {
  const Moment expires_at = now + answer_life;
  return writing(database_, [&](soci::session& sql) {
    soci::statement finish =
        (sql.prepare << R"(UPDATE idempotency_keys SET owner = NULL, fingerprint = :fingerprint,
                             processing_id = :job, response = :response, expires_at = :expires
                           WHERE user_id = :user AND idempotency_key = :key AND owner = :owner)",
         soci::use(fingerprint, "fingerprint"), soci::use(processing_id, "job"),
         soci::use(response, "response"), soci::use(expires_at, "expires"), soci::use(user_id, "user"),
         soci::use(key, "key"), soci::use(owner, "owner"));
    return changed(finish);
  });
}

void IdempotencyTable::release(const std::string& user_id, const std::string& key, const std::string& owner) {
  writing(database_, Lasting::usually, [&](soci::session& sql) {
    sql << R"(DELETE FROM idempotency_keys
              WHERE user_id = :user AND idempotency_key = :key AND owner = :owner)",
        soci::use(user_id, "user"), soci::use(key, "key"), soci::use(owner, "owner");
  });
}

void IdempotencyTable::renew(const std::string& owner, Moment now) {
  const Moment alive_until = now + owner_life;
  writing(database_, Lasting::usually, [&](soci::session& sql) {
    sql << "UPDATE idempotency_keys SET alive_until = :alive WHERE owner = :owner",
        soci::use(alive_until, "alive"), soci::use(owner, "owner");
  });
}

std::optional<IdempotentRequest> IdempotencyTable::find(const std::string& user_id, const std::string& key,
                                                        Moment now) {
  return reading(database_, [&](soci::session& sql) { return read(sql, user_id, key, now); });
}

int IdempotencyTable::clean(Moment now) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    soci::statement clean =
        (sql.prepare << "DELETE FROM idempotency_keys WHERE expires_at <= :now", soci::use(now, "now"));
    clean.execute(true);
    return static_cast<int>(clean.get_affected_rows());
  });
}

}  // namespace reelwright::database

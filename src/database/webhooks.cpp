#include "database/webhooks.h"

#include "database/delivery_reader.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

/// The condition that a claim is still good. Binds `:id` and `:sent`.
constexpr const char* fenced = " WHERE id = :id AND sent = :sent AND lease_owner IS NOT NULL";

/// Where a lease is over nobody holds the delivery: it is due at `next_attempt_at`, which a claim sets to the
/// end of its lease.
std::vector<std::string> due_ids(soci::session& sql, Moment now, int limit) {
  std::vector<std::string> ids;
  std::string id;
  soci::statement read = (sql.prepare << R"(SELECT id FROM webhook_deliveries
                                            WHERE status = 'pending' AND next_attempt_at <= :now
                                            ORDER BY next_attempt_at, id LIMIT :limit)",
                          soci::use(now, "now"), soci::use(limit, "limit"), soci::into(id));
  read.execute();
  while (read.fetch()) ids.push_back(id);
  return ids;
}

void log_attempt(soci::session& sql, const std::string& id, const DeliveryAttempt& attempt) {
  sql << R"(INSERT INTO webhook_attempts (delivery_id, at, duration_seconds, status_code, error)
            VALUES (:id, :at, :duration, :code, :error))",
      soci::use(id, "id"), soci::use(attempt.at, "at"), soci::use(attempt.duration_seconds, "duration"),
      soci::use(attempt.status_code, "code"), soci::use(attempt.error, "error");
}

std::string status_after(const DeliveryAttempt& attempt, const std::optional<Moment>& next) {
  if (next) return "pending";
  return attempt.error.empty() ? "delivered" : "failed";
}

}  // namespace

std::vector<Delivery> WebhookTable::claim_due(const std::string& owner, Moment now, Moment until, int limit) {
  if (!reading(database_, [&](soci::session& sql) { return !due_ids(sql, now, 1).empty(); })) return {};
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    std::vector<Delivery> claimed;
    for (const std::string& id : due_ids(sql, now, limit)) {
      sql << R"(UPDATE webhook_deliveries SET lease_owner = :owner, next_attempt_at = :until,
                  sent = sent + 1, attempts = attempts + 1 WHERE id = :id)",
          soci::use(owner, "owner"), soci::use(until, "until"), soci::use(id, "id");
      claimed.push_back(read_delivery(sql, id).value());
    }
    return claimed;
  });
}

std::optional<Moment> WebhookTable::next_due() {
  return reading(database_, [&](soci::session& sql) {
    std::optional<Moment> next;
    sql << "SELECT MIN(next_attempt_at) FROM webhook_deliveries WHERE status = 'pending'", soci::into(next);
    return next;
  });
}

std::string WebhookTable::set_payload(const std::string& id, const std::string& payload) {
  return writing(database_, [&](soci::session& sql) {
    std::string held;
    sql << R"(UPDATE webhook_deliveries SET payload = CASE payload WHEN '' THEN :payload ELSE payload END
              WHERE id = :id RETURNING payload)",
        soci::use(payload, "payload"), soci::use(id, "id"), soci::into(held);
    return held;
  });
}

bool WebhookTable::note_attempt(const Delivery& claimed, const DeliveryAttempt& attempt,
                                std::optional<Moment> next) {
  const std::string status = status_after(attempt, next);
  const std::optional<Moment> delivered = status == "delivered" ? std::optional(attempt.at) : std::nullopt;
  return writing(database_, [&](soci::session& sql) {
    soci::statement note =
        (sql.prepare << R"(UPDATE webhook_deliveries SET status = :status, next_attempt_at = :next,
                             lease_owner = NULL, last_status_code = :code, last_error = :error,
                             delivered_at = :delivered)"
                     << fenced,
         soci::use(status, "status"), soci::use(next, "next"), soci::use(attempt.status_code, "code"),
         soci::use(attempt.error, "error"), soci::use(delivered, "delivered"), soci::use(claimed.id, "id"),
         soci::use(claimed.sent, "sent"));
    if (!changed(note)) return false;
    log_attempt(sql, claimed.id, attempt);
    return true;
  });
}

void WebhookTable::hand_back(const Delivery& claimed, Moment now) {
  writing(database_, Lasting::usually, [&](soci::session& sql) {
    sql << "UPDATE webhook_deliveries SET lease_owner = NULL, next_attempt_at = :now, attempts = attempts - 1"
        << fenced,
        soci::use(now, "now"), soci::use(claimed.id, "id"), soci::use(claimed.sent, "sent");
  });
}

bool WebhookTable::replay(const std::string& id, const std::string& user_id, Moment now) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement replay =
        (sql.prepare << R"(UPDATE webhook_deliveries SET status = 'pending', attempts = 0,
                             next_attempt_at = :now, delivered_at = NULL, last_error = ''
                           WHERE id = :id AND user_id = :user AND status <> 'pending')",
         soci::use(now, "now"), soci::use(id, "id"), soci::use(user_id, "user"));
    if (!changed(replay)) return false;
    sql << R"(DELETE FROM disabled_endpoints WHERE user_id = :user AND url =
                (SELECT url FROM webhook_deliveries WHERE id = :id))",
        soci::use(user_id, "user"), soci::use(id, "id");
    return true;
  });
}

void WebhookTable::disable_endpoint(const std::string& user_id, const std::string& url,
                                    const std::string& reason, Moment now) {
  const std::string error = "The endpoint is disabled: " + reason;
  writing(database_, [&](soci::session& sql) {
    sql << R"(INSERT INTO disabled_endpoints (user_id, url, reason, at) VALUES (:user, :url, :reason, :now)
              ON CONFLICT (user_id, url) DO UPDATE SET reason = excluded.reason, at = excluded.at)",
        soci::use(user_id, "user"), soci::use(url, "url"), soci::use(reason, "reason"), soci::use(now, "now");
    sql << R"(UPDATE webhook_deliveries SET status = 'failed', next_attempt_at = NULL, lease_owner = NULL,
                last_error = :error WHERE user_id = :user AND url = :url AND status = 'pending')",
        soci::use(error, "error"), soci::use(user_id, "user"), soci::use(url, "url");
  });
}

bool WebhookTable::is_disabled(const std::string& user_id, const std::string& url) {
  return reading(database_, [&](soci::session& sql) {
    int disabled = 0;
    sql << "SELECT COUNT(*) FROM disabled_endpoints WHERE user_id = :user AND url = :url",
        soci::use(user_id, "user"), soci::use(url, "url"), soci::into(disabled);
    return disabled > 0;
  });
}

int WebhookTable::clean(Moment before) {
  return writing(database_, Lasting::usually, [&](soci::session& sql) {
    soci::statement clean = (sql.prepare << R"(DELETE FROM webhook_deliveries
                                               WHERE status <> 'pending' AND created_at < :before)",
                             soci::use(before, "before"));
    clean.execute(true);
    return static_cast<int>(clean.get_affected_rows());
  });
}

}  // namespace reelwright::database

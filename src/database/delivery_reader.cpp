#include "database/delivery_reader.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

constexpr std::array<std::string_view, 3> names = {"pending", "delivered", "failed"};

const std::string columns =
    "SELECT id, user_id, processing_id, event, clip_number, url, payload, status, attempts, sent, created_at,"
    " next_attempt_at, last_status_code, last_error, delivered_at FROM webhook_deliveries ";

DeliveryStatus delivery_status(const std::string& text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end())
    throw core::Error(core::ErrorCode::internal, "A webhook in the database has an unknown status.", text);
  return static_cast<DeliveryStatus>(found - names.begin());
}

void bind(soci::statement& statement, Delivery& delivery, std::string& status) {
  const auto into = [&](auto&... members) { (statement.exchange(soci::into(members)), ...); };
  into(delivery.id, delivery.user_id, delivery.processing_id, delivery.event, delivery.clip_number,
       delivery.url, delivery.payload, status, delivery.attempts, delivery.sent, delivery.created_at,
       delivery.next_attempt_at, delivery.last_status_code, delivery.last_error, delivery.delivered_at);
}

}  // namespace

std::string_view name(DeliveryStatus status) { return names[static_cast<std::size_t>(status)]; }

std::optional<Delivery> read_delivery(soci::session& sql, const std::string& id) {
  Delivery delivery;
  std::string status;
  soci::statement read(sql);
  bind(read, delivery, status);
  read.exchange(soci::use(id, "id"));
  read.alloc();
  read.prepare(columns + "WHERE id = :id");
  read.define_and_bind();
  if (!read.execute(true)) return std::nullopt;
  delivery.status = delivery_status(status);
  return delivery;
}

std::optional<Delivery> WebhookTable::find(const std::string& id) {
  return reading(database_, [&](soci::session& sql) { return read_delivery(sql, id); });
}

std::vector<Delivery> WebhookTable::list(const std::string& user_id, const std::string& processing_id,
                                         const std::string& before, int limit) {
  return reading(database_, [&](soci::session& sql) {
    std::vector<Delivery> deliveries;
    Delivery delivery;
    std::string status;
    soci::statement read(sql);
    bind(read, delivery, status);
    read.exchange(soci::use(user_id, "user"));
    read.exchange(soci::use(processing_id, "job"));
    read.exchange(soci::use(before, "before"));
    read.exchange(soci::use(limit, "limit"));
    read.alloc();
    read.prepare(columns + R"(WHERE user_id = :user AND (:job = '' OR processing_id = :job)
                                AND (:before = '' OR id < :before) ORDER BY id DESC LIMIT :limit)");
    read.define_and_bind();
    read.execute();
    while (read.fetch()) {
      delivery.status = delivery_status(status);
      deliveries.push_back(delivery);
    }
    return deliveries;
  });
}

std::vector<DeliveryAttempt> WebhookTable::attempts(const std::string& id) {
  return reading(database_, [&](soci::session& sql) {
    std::vector<DeliveryAttempt> attempts;
    DeliveryAttempt attempt;
    soci::statement read =
        (sql.prepare << R"(SELECT at, duration_seconds, status_code, error FROM webhook_attempts
                           WHERE delivery_id = :id ORDER BY id)",
         soci::use(id, "id"), soci::into(attempt.at), soci::into(attempt.duration_seconds),
         soci::into(attempt.status_code), soci::into(attempt.error));
    read.execute();
    while (read.fetch()) attempts.push_back(attempt);
    return attempts;
  });
}

}  // namespace reelwright::database

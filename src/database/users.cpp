#include "database/users.h"

#include "core/encoding.h"
#include "core/error.h"
#include "core/ids.h"
#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

constexpr std::size_t secret_bytes = 32;
constexpr auto overlap = std::chrono::hours(24);  ///< for which a replaced secret still signs

/// The users that a condition holds for; it may bind `:value`.
std::vector<User> read_users(soci::session& sql, const std::string& condition, const std::string& value) {
  std::vector<User> users;
  User user;
  soci::statement read =
      (sql.prepare << R"(SELECT id, name, created_at, quota_jobs_per_day, quota_minutes_per_day,
                           quota_storage_mb, quota_cost_per_month FROM users WHERE )"
                   << condition << " ORDER BY name",
       soci::use(value, "value"), soci::into(user.id), soci::into(user.name), soci::into(user.created_at),
       soci::into(user.quotas.jobs_per_day), soci::into(user.quotas.minutes_per_day),
       soci::into(user.quotas.storage_mb), soci::into(user.quotas.cost_per_month));
  read.execute();
  while (read.fetch()) users.push_back(user);
  return users;
}

std::optional<User> read_user(soci::session& sql, const std::string& condition, const std::string& value) {
  const std::vector<User> users = read_users(sql, condition, value);
  return users.empty() ? std::nullopt : std::optional(users[0]);
}

[[noreturn]] void refuse_unknown(const std::string& id) {
  throw core::Error(core::ErrorCode::not_found, fmt::format("There is no user {}.", id));
}

std::string new_webhook_secret() { return "whsec_" + core::base64(core::random_bytes(secret_bytes)); }

}  // namespace

User UserTable::ensure(const std::string& name, Moment now) {
  if (const auto user = find_by_name(name)) return *user;
  return writing(database_, [&](soci::session& sql) {
    const std::string id = core::make_uuid();
    sql << "INSERT INTO users (id, name, created_at) VALUES (:id, :name, :now) ON CONFLICT (name) DO NOTHING",
        soci::use(id, "id"), soci::use(name, "name"), soci::use(now, "now");
    return read_user(sql, "name = :value", name).value();
  });
}

std::optional<User> UserTable::find(const std::string& id) {
  return reading(database_, [&](soci::session& sql) { return read_user(sql, "id = :value", id); });
}

std::optional<User> UserTable::find_by_name(const std::string& name) {
  return reading(database_, [&](soci::session& sql) { return read_user(sql, "name = :value", name); });
}

std::vector<User> UserTable::all() {
  return reading(database_, [](soci::session& sql) { return read_users(sql, "'' = :value", ""); });
}

void UserTable::set_quotas(const std::string& id, const Quotas& quotas) {
  writing(database_, [&](soci::session& sql) {
    soci::statement set =
        (sql.prepare << R"(UPDATE users SET quota_jobs_per_day = :jobs, quota_minutes_per_day = :minutes,
                             quota_storage_mb = :storage, quota_cost_per_month = :cost WHERE id = :id)",
         soci::use(quotas.jobs_per_day, "jobs"), soci::use(quotas.minutes_per_day, "minutes"),
         soci::use(quotas.storage_mb, "storage"), soci::use(quotas.cost_per_month, "cost"),
         soci::use(id, "id"));
    if (!changed(set)) refuse_unknown(id);
  });
}

WebhookSecrets UserTable::webhook_secrets(const std::string& id, Moment now) {
  WebhookSecrets secrets;
  std::optional<Moment> until;
  const bool found = reading(database_, [&](soci::session& sql) {
    sql << R"(SELECT webhook_secret, previous_webhook_secret, previous_webhook_secret_until FROM users
              WHERE id = :id)",
        soci::use(id, "id"), soci::into(secrets.current), soci::into(secrets.previous), soci::into(until);
    return sql.got_data();
  });
  if (!found) refuse_unknown(id);
  if (!until || *until <= now) secrets.previous.reset();
  if (!secrets.current.empty()) return secrets;
  // Of two who see that there is none yet one makes it, and both take that one.
  const std::string fresh = new_webhook_secret();
  writing(database_, [&](soci::session& sql) {
    sql << R"(UPDATE users SET webhook_secret = CASE webhook_secret WHEN '' THEN :fresh ELSE webhook_secret END
              WHERE id = :id RETURNING webhook_secret)",
        soci::use(fresh, "fresh"), soci::use(id, "id"), soci::into(secrets.current);
  });
  return secrets;
}

std::string UserTable::rotate_webhook_secret(const std::string& id, Moment now) {
  const std::string fresh = new_webhook_secret();
  const Moment until = now + overlap;
  writing(database_, [&](soci::session& sql) {
    soci::statement rotate = (sql.prepare << R"(UPDATE users SET previous_webhook_secret = webhook_secret,
                                                  previous_webhook_secret_until = :until,
                                                  webhook_secret = :fresh WHERE id = :id)",
                              soci::use(until, "until"), soci::use(fresh, "fresh"), soci::use(id, "id"));
    if (!changed(rotate)) refuse_unknown(id);
    sql << R"(UPDATE users SET previous_webhook_secret = NULL WHERE previous_webhook_secret = ''
              AND id = :id)",
        soci::use(id, "id");
  });
  return fresh;
}

std::string UserTable::link_secret(Moment now) {
  const std::string fresh = core::base64(core::random_bytes(secret_bytes));
  const std::string encoded = writing(database_, [&](soci::session& sql) {
    std::string value;
    sql << "INSERT INTO secrets (name, value, created_at) VALUES ('links', :fresh, :now) "
           "ON CONFLICT (name) DO NOTHING",
        soci::use(fresh, "fresh"), soci::use(now, "now");
    sql << "SELECT value FROM secrets WHERE name = 'links'", soci::into(value);
    return value;
  });
  if (const auto secret = core::from_base64(encoded)) return *secret;
  throw core::Error(core::ErrorCode::internal, "The secret of the links is damaged in the database.");
}

}  // namespace reelwright::database

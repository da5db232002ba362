#include "database/keys.h"

#include "core/digest.h"
#include "core/encoding.h"
#include "core/error.h"
#include "database/session.h"
#include "database/users.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t id_length = 8;
/// No two that look alike, and none that a command line takes for a flag.
constexpr std::string_view id_letters = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::size_t shortest_admin_key = 24;
constexpr const char* admin = "admin";

/// The keys that a condition holds for; it may bind `:value`.
std::vector<ApiKey> read_keys(soci::session& sql, const std::string& condition, const std::string& value) {
  std::vector<ApiKey> keys;
  ApiKey key;
  std::string scopes;
  soci::statement read =
      (sql.prepare << R"(SELECT id, user_id, name, scopes, created_at, expires_at, revoked_at, last_used_at
                         FROM api_keys WHERE )"
                   << condition << " ORDER BY created_at DESC, id",
       soci::use(value, "value"), soci::into(key.id), soci::into(key.user_id), soci::into(key.name),
       soci::into(scopes), soci::into(key.created_at), soci::into(key.expires_at), soci::into(key.revoked_at),
       soci::into(key.last_used_at));
  read.execute();
  while (read.fetch()) {
    key.scopes = scopes_from(scopes);
    keys.push_back(key);
  }
  return keys;
}

std::optional<ApiKey> read_key(soci::session& sql, const std::string& id) {
  const std::vector<ApiKey> keys = read_keys(sql, "id = :value", id);
  return keys.empty() ? std::nullopt : std::optional(keys[0]);
}

void put_key(soci::session& sql, const ApiKey& key, const std::string& hash) {
  const std::string scopes = text_of(key.scopes);
  sql << R"(INSERT INTO api_keys (id, user_id, name, hash, scopes, created_at, expires_at)
            VALUES (:id, :user, :name, :hash, :scopes, :created, :expires))",
      soci::use(key.id, "id"), soci::use(key.user_id, "user"), soci::use(key.name, "name"),
      soci::use(hash, "hash"), soci::use(scopes, "scopes"), soci::use(key.created_at, "created"),
      soci::use(key.expires_at, "expires");
}

std::string new_id() {
  std::string id = core::random_bytes(id_length);
  for (char& c : id) c = id_letters[static_cast<unsigned char>(c) % id_letters.size()];
  return id;
}

MadeKey make(soci::session& sql, const NewKey& key, Moment now) {
  MadeKey made;
  made.key = {.id = new_id(),
              .user_id = key.user_id,
              .name = key.name,
              .scopes = key.scopes,
              .created_at = now,
              .expires_at = key.expires_at};
  made.token = fmt::format("rw_{}_{}", made.key.id, core::base64url(core::random_bytes(token_bytes)));
  put_key(sql, made.key, token_hash(made.token));
  return made;
}

}  // namespace

std::string token_hash(std::string_view token) { return core::sha256(token); }

MadeKey KeyTable::create(const NewKey& key, Moment now) {
  if (!UserTable(database_).find(key.user_id))
    throw core::Error(core::ErrorCode::not_found, fmt::format("There is no user {}.", key.user_id));
  return writing(database_, [&](soci::session& sql) { return make(sql, key, now); });
}

std::optional<ApiKey> KeyTable::find(const std::string& id) {
  return reading(database_, [&](soci::session& sql) { return read_key(sql, id); });
}

std::vector<ApiKey> KeyTable::list(const std::string& user_id) {
  return reading(database_, [&](soci::session& sql) {
    return read_keys(sql, "(:value = '' OR user_id = :value)", user_id);
  });
}

bool KeyTable::any(Moment now) {
  return reading(database_, [&](soci::session& sql) {
    int found = 0;
    sql << R"(SELECT COUNT(*) FROM api_keys
              WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now))",
        soci::use(now, "now"), soci::into(found);
    return found > 0;
  });
}

bool KeyTable::revoke(const std::string& id, Moment now) {
  return writing(database_, [&](soci::session& sql) {
    soci::statement revoke = (sql.prepare << R"(UPDATE api_keys SET revoked_at = :now
                                                WHERE id = :id AND revoked_at IS NULL)",
                              soci::use(now, "now"), soci::use(id, "id"));
    return changed(revoke);
  });
}

MadeKey KeyTable::rotate(const std::string& id, Moment now, Moment old_until) {
  return writing(database_, [&](soci::session& sql) {
    const std::optional<ApiKey> old = read_key(sql, id);
    if (!old || !old->is_good(now) || id == admin)
      throw core::Error(core::ErrorCode::not_found, fmt::format("There is no key {} to rotate.", id));
    NewKey key{.user_id = old->user_id, .name = old->name, .scopes = old->scopes};
    if (old->expires_at) key.expires_at = now + (*old->expires_at - old->created_at);
    const Moment end = old->expires_at ? std::min(*old->expires_at, old_until) : old_until;
    sql << "UPDATE api_keys SET expires_at = :end WHERE id = :id", soci::use(end, "end"), soci::use(id, "id");
    return make(sql, key, now);
  });
}

void KeyTable::note_use(const std::string& id, Moment now) {
  const Moment recently = now - std::chrono::minutes(1);
  writing(database_, Lasting::usually, [&](soci::session& sql) {
    sql << R"(UPDATE api_keys SET last_used_at = :now
              WHERE id = :id AND (last_used_at IS NULL OR last_used_at <= :recently))",
        soci::use(now, "now"), soci::use(id, "id"), soci::use(recently, "recently");
  });
}

void KeyTable::set_admin_key(std::string_view token, Moment now) {
  if (!token.empty() && token.size() < shortest_admin_key)
    throw core::Error(core::ErrorCode::invalid_input,
                      fmt::format("ADMIN_API_KEY must have at least {} characters; make one with: openssl "
                                  "rand -base64 32",
                                  shortest_admin_key));
  const std::string hash = token_hash(token);
  const std::string user_id = UserTable(database_).ensure(admin, now).id;
  const ApiKey key{.id = admin,
                   .user_id = user_id,
                   .name = "ADMIN_API_KEY",
                   .scopes = {.jobs = true, .admin = true},
                   .created_at = now};
  writing(database_, [&](soci::session& sql) {
    int same = 0;
    sql << "SELECT COUNT(*) FROM api_keys WHERE id = :id AND hash = :hash AND revoked_at IS NULL",
        soci::use(key.id, "id"), soci::use(hash, "hash"), soci::into(same);
    if (same > 0) return;
    sql << "DELETE FROM api_keys WHERE id = :id", soci::use(key.id, "id");
    if (!token.empty()) put_key(sql, key, hash);
  });
}

}  // namespace reelwright::database

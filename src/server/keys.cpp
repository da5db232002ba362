#include "database/keys.h"

#include "database/audit.h"
#include "database/users.h"
#include "jobs/whole_json.h"
#include "server/moments.h"
#include "server/router.h"
#include "server/schema.h"
#include "server/services.h"

namespace reelwright::server {

struct KeyJson {
  std::string id, user_id, name, scopes, created_at;
  std::optional<std::string> expires_at, revoked_at, last_used_at;
};

struct KeyList {
  std::vector<KeyJson> keys;
};

struct AuditJson {
  std::int64_t id;
  std::string at, user_id, key_id, address, request_id, action, subject;
};

struct AuditLog {
  std::vector<AuditJson> entries;
};

struct AuditQuery {
  std::optional<std::int64_t> before;
  std::optional<int> limit;
};

template <>
struct Rules<AuditQuery> {
  static std::vector<Rule> of() {
    return {{.field = "before", .help = "the id of the last one of the page before", .minimum = 0},
            {.field = "limit", .minimum = 1, .maximum = 1000, .preset = "100"}};
  }
};

namespace {

std::optional<std::string> shown(const std::optional<core::Moment>& moment) {
  return moment ? std::optional(core::rfc3339(*moment)) : std::nullopt;
}

/// The keys of the caller, or of all for `admin`; never the keys themselves, which nobody knows.
Response list(Services& services, const Request& request) {
  KeyList answer;
  for (const auto& key :
       database::KeyTable(services.database).list(request.caller.admin ? "" : request.caller.user_id))
    answer.keys.push_back({key.id, key.user_id, key.name, database::text_of(key.scopes),
                           core::rfc3339(key.created_at), shown(key.expires_at), shown(key.revoked_at),
                           shown(key.last_used_at)});
  return json_response(jobs::whole_json(answer, "the keys"));
}

Response revoke(Services& services, const Request& request) {
  const std::string& id = request.path_value("id");
  database::KeyTable table(services.database);
  const auto key = table.find(id);
  const bool own = key && (request.caller.admin || key->user_id == request.caller.user_id);
  if (!own || !table.revoke(id, core::now()))
    throw core::Error(core::ErrorCode::not_found, "There is no such key that is good still.");
  database::AuditTable(services.database)
      .note({.at = core::now(),
             .user_id = request.caller.user_id,
             .key_id = request.caller.key_id,
             .address = request.address,
             .request_id = request.id,
             .action = "key.revoked",
             .subject = id});
  return no_content();
}

Response audit(Services& services, const Request& request) {
  const std::vector<std::pair<std::string, std::string>> given(request.query.begin(), request.query.end());
  const auto asked = read_as<AuditQuery>(object_from(schema_of<AuditQuery>(), given));
  AuditLog answer;
  for (const auto& entry :
       database::AuditTable(services.database).list(asked.before.value_or(0), asked.limit.value_or(100)))
    answer.entries.push_back({entry.id, core::rfc3339(entry.at), entry.user_id, entry.key_id, entry.address,
                              entry.request_id, entry.action, entry.subject});
  return json_response(jobs::whole_json(answer, "the audit log"));
}

}  // namespace

void add_keys(Router& router, Services& services) {
  router.add({.method = Method::get,
              .pattern = "/api/keys",
              .docs = {.summary = "Your keys, without what is secret of them",
                       .tag = "access",
                       .answer = std::make_shared<const Schema>(schema_of<KeyList>())},
              .handler = Handler([&services](Request& request) { return list(services, request); })});
  router.add({.method = Method::remove,
              .pattern = "/api/keys/{id}",
              .docs = {.summary = "Make a key worthless", .tag = "access", .status = 204, .failures = {404}},
              .handler = Handler([&services](Request& request) { return revoke(services, request); })});
  router.add({.method = Method::get,
              .pattern = "/api/audit",
              .access = Access::admin,
              .docs = {.summary = "Who deleted what and changed keys",
                       .tag = "access",
                       .query = std::make_shared<const Schema>(schema_of<AuditQuery>()),
                       .answer = std::make_shared<const Schema>(schema_of<AuditLog>()),
                       .failures = {422}},
              .handler = Handler([&services](Request& request) { return audit(services, request); })});
}

}  // namespace reelwright::server

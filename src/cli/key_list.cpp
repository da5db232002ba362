#include "cli/key_list.h"

#include "cli/table.h"
#include "core/json.h"
#include "core/text.h"

namespace reelwright::cli {

struct KeyListJson {
  std::vector<KeyJson> keys;
};

namespace {

using Row = std::vector<std::string>;

const Row heading = {"ID", "USER", "NAME", "SCOPES", "STATE", "CREATED", "EXPIRES", "LAST USED"};

std::string day(const std::string& moment) { return moment.substr(0, moment.find('T')); }

Row row(const KeyJson& key) {
  return {key.id,
          core::printable(key.user),
          core::printable(key.name),
          key.scopes,
          key.state,
          day(key.created_at),
          key.expires_at ? day(*key.expires_at) : "never",
          key.last_used_at ? day(*key.last_used_at) : "never"};
}

std::string state_of(const database::ApiKey& key, core::Moment now) {
  if (key.revoked_at) return "revoked";
  return key.is_good(now) ? "good" : "expired";
}

std::optional<std::string> text_of(const std::optional<core::Moment>& moment) {
  return moment ? std::optional(core::rfc3339(*moment)) : std::nullopt;
}

}  // namespace

KeyJson shown(const database::ApiKey& key, const std::string& user, core::Moment now) {
  return {.id = key.id,
          .key = std::nullopt,
          .user = user,
          .name = key.name,
          .scopes = database::text_of(key.scopes),
          .state = state_of(key, now),
          .created_at = core::rfc3339(key.created_at),
          .expires_at = text_of(key.expires_at),
          .last_used_at = text_of(key.last_used_at)};
}

std::string key_table(const std::vector<KeyJson>& keys) {
  std::vector<Row> rows = {heading};
  for (const KeyJson& key : keys) rows.push_back(row(key));
  return aligned(rows);
}

std::string key_json(const KeyJson& key) { return core::to_json<true>(key, "the key") + "\n"; }

std::string key_list_json(const std::vector<KeyJson>& keys) {
  return core::to_json<true>(KeyListJson{keys}, "the keys") + "\n";
}

}  // namespace reelwright::cli

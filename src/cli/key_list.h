#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/keys.h"
#include "database/users.h"

namespace reelwright::cli {

/// A key as it is shown. `key` is the key itself, known only when it was just made. Moments are RFC 3339.
struct KeyJson {
  std::string id;
  std::optional<std::string> key;
  std::string user;
  std::string name;
  std::string scopes;
  std::string state;  ///< `good`, `revoked`, `expired`
  std::string created_at;
  std::optional<std::string> expires_at;
  std::optional<std::string> last_used_at;
};

KeyJson shown(const database::ApiKey& key, const std::string& user, core::Moment now);

/// As a table with a line for each, and one above.
std::string key_table(const std::vector<KeyJson>& keys);

std::string key_json(const KeyJson& key);
std::string key_list_json(const std::vector<KeyJson>& keys);

}  // namespace reelwright::cli

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "database/database.h"

namespace reelwright::database {

using core::Moment;

/// What a key is good for.
struct Scopes {
  bool jobs = true;    ///< the user's own jobs
  bool admin = false;  ///< everybody's, and keys

  bool operator==(const Scopes&) const = default;
};

/// As stored and shown: `jobs`, `admin` or `jobs,admin`.
std::string text_of(const Scopes& scopes);

/// Of names with commas between. Throws `invalid_input` for one that is unknown, and for none at all.
Scopes scopes_from(std::string_view text);

/// A row of `api_keys`. The key itself is known to its owner alone.
struct ApiKey {
  std::string id;  ///< eight small letters and digits
  std::string user_id{};
  std::string name{};  ///< what it is for
  Scopes scopes{};
  Moment created_at;
  std::optional<Moment> expires_at{};
  std::optional<Moment> revoked_at{};
  std::optional<Moment> last_used_at{};  ///< to the minute

  bool is_good(Moment now) const { return !revoked_at && (!expires_at || now < *expires_at); }
};

struct NewKey {
  std::string user_id{};
  std::string name{};
  Scopes scopes{};
  std::optional<Moment> expires_at{};
};

/// A key that was just made. `token` is shown once and kept nowhere.
struct MadeKey {
  ApiKey key;
  std::string token;  ///< `rw_`, the id, `_`, base64url of 32 random bytes
};

/// What is stored of a token: its SHA-256.
std::string token_hash(std::string_view token);

/// The keys. Thread-safe. The call that checks a request's key is `HotReads::key`.
class KeyTable {
 public:
  explicit KeyTable(Database& database) : database_(database) {}

  /// Throws `not_found` where there is no such user.
  MadeKey create(const NewKey& key, Moment now);

  std::optional<ApiKey> find(const std::string& id);

  /// Of one user, or of all where it is empty; the newest first.
  std::vector<ApiKey> list(const std::string& user_id = "");

  /// Whether the service has any key that is good.
  bool any(Moment now);

  /// False where there is none of that id that is good still.
  bool revoke(const std::string& id, Moment now);

  /// A new key in place of one, with the same user, name, scopes and, where it has one, span of life. The old
  /// one is good until `old_until`. Throws `not_found` where there is none of that id that is good still.
  MadeKey rotate(const std::string& id, Moment now, Moment old_until);

  /// Notes that a key was used, at most once a minute.
  void note_use(const std::string& id, Moment now);

  /// Makes `token` (of the setting ADMIN_API_KEY) the one key with the id `admin`, of the user `admin`; an
  /// empty one takes that key away. Throws `invalid_input` where it is shorter than 24 characters.
  void set_admin_key(std::string_view token, Moment now);

 private:
  Database& database_;
};

}  // namespace reelwright::database

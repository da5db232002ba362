#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "database/database.h"

namespace reelwright::database {

using core::Moment;

/// What a user may take; nothing: as the settings have it; 0: any.
struct Quotas {
  std::optional<int> jobs_per_day{};
  std::optional<int> minutes_per_day{};    ///< of recordings
  std::optional<int> storage_mb{};         ///< MiB
  std::optional<double> cost_per_month{};  ///< US dollars

  bool operator==(const Quotas&) const = default;
};

struct User {
  std::string id;
  std::string name;
  Quotas quotas{};
  Moment created_at;

  bool operator==(const User&) const = default;
};

/// Whose webhooks are signed with what: `whsec_` and base64 of 32 bytes. While one is replaced both sign.
struct WebhookSecrets {
  std::string current;
  std::optional<std::string> previous{};
};

/// The users, and the secrets of the service and of theirs. Thread-safe.
class UserTable {
 public:
  explicit UserTable(Database& database) : database_(database) {}

  /// The user of that name, made now where there is none.
  User ensure(const std::string& name, Moment now);

  std::optional<User> find(const std::string& id);
  std::optional<User> find_by_name(const std::string& name);
  std::vector<User> all();

  /// Throws `not_found`.
  void set_quotas(const std::string& id, const Quotas& quotas);

  /// Those that sign at `now`. Throws `not_found`.
  WebhookSecrets webhook_secrets(const std::string& id, Moment now);

  /// Makes a new secret; the one before signs beside it for 24 hours. Returns the new one. Throws
  /// `not_found`.
  std::string rotate_webhook_secret(const std::string& id, Moment now);

  /// The 32 bytes that sign links to downloads, made at the first call, the same in all processes.
  std::string link_secret(Moment now);

 private:
  Database& database_;
};

}  // namespace reelwright::database

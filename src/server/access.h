#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/hot_reads.h"
#include "server/links.h"
#include "server/rate_limit.h"
#include "server/request.h"
#include "server/route.h"

namespace reelwright::core {
class Config;
}

namespace reelwright::server {

class Background;

/// Who may come in. Thread-safe.
class AccessControl {
 public:
  /// `local_user` is whom everybody is where no key is needed.
  AccessControl(const core::Config& config, database::Database& database, database::HotReads& reads,
                const Links& links, Background& background, std::string local_user);

  /// The caller of a route of that access. Throws `unauthorised` without a good key, `forbidden` where the
  /// key lacks the scope or a page of a stranger calls, `rate_limited`.
  Caller admit(Request& request, Access access);

  /// Whether this page may read answers; `*` allows any.
  bool allows_origin(std::string_view origin) const;

 private:
  Caller identify(const Request& request, Access access, core::Moment now);
  Caller local(const Request& request) const;
  bool is_open(core::Moment now);
  void limit_rate(Request& request, const Caller& caller);

  database::Database& database_;
  database::HotReads& reads_;
  const Links& links_;
  Background& background_;
  std::string local_user_;
  std::vector<std::string> origins_;
  bool allow_open_;
  RateLimit rate_limit_;
  std::atomic<core::Moment> looked_at_{core::Moment{}};  ///< when it was last seen whether there are keys
  std::atomic<bool> has_keys_ = true;
};

/// Whether `host` of the settings means this machine alone.
bool is_loopback(std::string_view host);

}  // namespace reelwright::server

#include "server/access.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/config.h"
#include "core/error.h"
#include "database/keys.h"
#include "server/background.h"

namespace reelwright::server {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::chrono::seconds keys_age{2};

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    std::string_view part = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ') || part.ends_with('/')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

std::string_view token_of(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view authorization = request.header("Authorization");
  if (authorization.starts_with(scheme)) return authorization.substr(scheme.size());
  return request.header("X-API-Key");
}

/// The host of "http://host:port" or "host:port".
std::string_view host_of(std::string_view text) {
  if (const auto scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  if (text.starts_with('[')) return text.substr(0, text.find(']') + 1);
  return text.substr(0, text.find(':'));
}

}  // namespace

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

AccessControl::AccessControl(const core::Config& config, database::Database& database,
                             database::HotReads& reads, const Links& links, Background& background,
                             std::string local_user)
    : database_(database),
      reads_(reads),
      links_(links),
      background_(background),
      local_user_(std::move(local_user)),
      origins_(split(config.text("CORS_ORIGINS"))),
      allow_open_(config.flag("ALLOW_OPEN")),
      rate_limit_(config.integer("RATE_LIMIT")) {}

Caller AccessControl::admit(Request& request, Access access) {
  if (access == Access::open) return {};
  const core::Moment now = core::now();
  Caller caller;
  try {
    caller = identify(request, access, now);
  } catch (const Error&) {
    limit_rate(request, {});  // whoever guesses keys is slowed down
    throw;
  }
  limit_rate(request, caller);
  if (access == Access::admin && !caller.admin)
    throw Error(ErrorCode::forbidden, "This needs a key of the scope admin.");
  return caller;
}

Caller AccessControl::identify(const Request& request, Access access, core::Moment now) {
  const std::string_view token = token_of(request);
  if (!token.empty()) {
    const auto key = reads_.key(database::token_hash(token));
    if (!key || !key->is_good(now))
      throw Error(ErrorCode::unauthorised, "This key is not known, or not good any more; ask for a new one.");
    if (key->use_is_old(now))
      background_.run([this, id = key->id, now] { database::KeyTable(database_).note_use(id, now); });
    return {.user_id = key->user_id, .key_id = key->id, .admin = key->scopes.admin};
  }
  const bool reads_only = request.method == Method::get || request.method == Method::head;
  if (access == Access::link && reads_only && links_.allows(request, now)) return {.by_link = true};
  if (is_open(now)) return local(request);
  throw Error(ErrorCode::unauthorised,
              "A key is needed: send it as `Authorization: Bearer KEY`. `reelwright keys create` makes one.");
}

/// Any page in the user's browser can reach a service on the same machine, by its name or by one that it lets
/// point there (DNS rebinding): only pages of this machine are let in.
Caller AccessControl::local(const Request& request) const {
  const std::string_view origin = request.header("Origin");
  if (!origin.empty() && !is_loopback(host_of(origin)) && !std::ranges::contains(origins_, origin))
    throw Error(ErrorCode::forbidden, "This page is not one of CORS_ORIGINS.");
  if (!allow_open_ && !is_loopback(host_of(request.header("Host"))))
    throw Error(ErrorCode::forbidden,
                "Without keys the service is for this machine alone; call it at 127.0.0.1.");
  return {.user_id = local_user_, .admin = true};
}

bool AccessControl::is_open(core::Moment now) {
  const auto age = now - looked_at_.load();
  if (age < std::chrono::seconds::zero() || age > keys_age) {
    has_keys_ = database::KeyTable(database_).any(now);
    looked_at_ = now;
  }
  return !has_keys_;
}

void AccessControl::limit_rate(Request& request, const Caller& caller) {
  const std::string& who = caller.key_id.empty() ? request.address : caller.key_id;
  const auto verdict = rate_limit_.take(who, RateLimit::Clock::now());
  if (verdict.limit == 0) return;
  request.answer_headers.emplace_back("RateLimit-Limit", std::to_string(verdict.limit));
  request.answer_headers.emplace_back("RateLimit-Remaining", std::to_string(verdict.remaining));
  request.answer_headers.emplace_back("RateLimit-Reset", std::to_string(verdict.reset_seconds));
  if (verdict.allowed) return;
  request.answer_headers.emplace_back("Retry-After", std::to_string(verdict.reset_seconds));
  throw Error(ErrorCode::rate_limited, fmt::format("Over {} requests a minute; wait {} seconds.",
                                                   verdict.limit, verdict.reset_seconds));
}

bool AccessControl::allows_origin(std::string_view origin) const {
  return std::ranges::contains(origins_, "*") || std::ranges::contains(origins_, origin);
}

}  // namespace reelwright::server

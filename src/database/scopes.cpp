#include "core/error.h"
#include "database/keys.h"

namespace reelwright::database {

namespace {

void set(Scopes& scopes, std::string_view name) {
  if (name == "jobs")
    scopes.jobs = true;
  else if (name == "admin")
    scopes.admin = true;
  else
    throw core::Error(core::ErrorCode::invalid_input,
                      fmt::format("There is no scope '{}'; a key may have jobs, admin or jobs,admin.", name));
}

}  // namespace

std::string text_of(const Scopes& scopes) {
  if (scopes.jobs && scopes.admin) return "jobs,admin";
  return scopes.admin ? "admin" : "jobs";
}

Scopes scopes_from(std::string_view text) {
  Scopes scopes{.jobs = false, .admin = false};
  while (true) {
    const std::size_t comma = text.find(',');
    set(scopes, text.substr(0, comma));
    if (comma == std::string_view::npos) return scopes;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace reelwright::database

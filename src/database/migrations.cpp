#include "database/migrations.h"

#include <array>
#include <vector>

#include "core/error.h"
#include "database/schema.h"

namespace reelwright::database {

namespace {

using Families = std::vector<Statements>;

/// What makes each version out of the one before.
std::array<Families, 2> versions() {
  return {Families{access_schema(), job_schema(), kind_schema(), request_schema()}, Families{cost_schema()}};
}

int current_version(soci::session& sql) {
  sql << "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)";
  int version = 0;
  soci::indicator found = soci::i_null;
  sql << "SELECT MAX(version) FROM schema_version", soci::into(version, found);
  if (found == soci::i_ok) return version;
  sql << "INSERT INTO schema_version (version) VALUES (0)";
  return 0;
}

}  // namespace

void apply_migrations(soci::session& sql) {
  const auto all = versions();
  const int known = static_cast<int>(all.size());
  const int current = current_version(sql);
  if (current > known)
    throw core::Error(
        core::ErrorCode::conflict,
        fmt::format("The database is of version {}, which a newer Reelwright made; this one knows up "
                    "to {}. Run the newer one, or bring back a backup.",
                    current, known));
  for (int version = current; version < known; ++version)
    for (const Statements& family : all[static_cast<std::size_t>(version)])
      for (const char* statement : family) sql << statement;
  if (current < known) sql << "UPDATE schema_version SET version = :version", soci::use(known);
}

}  // namespace reelwright::database

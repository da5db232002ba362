#include "database/database.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <string_view>

#include "core/error.h"
#include "database/migrations.h"
#include "database/session.h"

namespace reelwright::database {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::string_view sqlite_scheme = "sqlite:///";

std::string sqlite_path(const std::string& url) {
  if (!url.starts_with(sqlite_scheme) || url.size() == sqlite_scheme.size())
    throw Error(ErrorCode::invalid_input,
                "DATABASE_URL must be sqlite:/// and the path of a file, for example "
                "sqlite:////var/lib/reelwright/reelwright.db.");
  return url.substr(sqlite_scheme.size());
}

/// Readers go on beside the one writer, which waits its turn; what is committed survives a loss of power.
constexpr const char* preparations[] = {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
                                        "PRAGMA foreign_keys = ON", "PRAGMA busy_timeout = 10000"};

void open(soci::session& sql, const std::string& path) {
  soci::connection_parameters parameters(soci::sqlite3, "dbname=\"" + path + "\" timeout=10");
  sql.open(parameters);
  for (const char* preparation : preparations) sql << preparation;
}

ErrorCode meaning(const soci::soci_error& error) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  const int primary = sqlite ? sqlite->result() & 0xFF : 0;
  switch (primary) {
    case 5:   // SQLITE_BUSY
    case 6:   // SQLITE_LOCKED
    case 8:   // SQLITE_READONLY
    case 10:  // SQLITE_IOERR
    case 14:  // SQLITE_CANTOPEN
      return ErrorCode::unavailable;
    case 13:  // SQLITE_FULL
      return ErrorCode::storage_full;
    default:
      return ErrorCode::internal;
  }
}

const char* sentence(ErrorCode code) {
  switch (code) {
    case ErrorCode::unavailable:
      return "The database cannot be used just now; try again in a moment, and see that its folder can be "
             "written to.";
    case ErrorCode::storage_full:
      return "The database's disk is full; free some room.";
    default:
      return "The database refused what was asked of it; this is a fault of the program.";
  }
}

}  // namespace

void throw_database_error(const soci::soci_error& error) {
  const ErrorCode code = meaning(error);
  throw Error(code, sentence(code), error.what());
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    sql_ << "ROLLBACK";
  } catch (const soci::soci_error&) {  // the database has rolled back by itself
  }
}

void Transaction::commit() {
  sql_ << "COMMIT";
  open_ = false;
}

Database::State::State(const std::string& url, int connections)
    : pool(static_cast<std::size_t>(connections)) {
  const std::string path = sqlite_path(url);
  try {
    for (int i = 0; i < connections; ++i) open(pool.at(static_cast<std::size_t>(i)), path);
  } catch (const soci::soci_error& error) {
    throw_database_error(error);
  }
}

Database::Database(const std::string& url, int connections)
    : state_(std::make_unique<State>(url, connections)) {}
Database::~Database() = default;

void Database::migrate() {
  writing(*this, [](soci::session& sql) { apply_migrations(sql); });
}

void Database::check() {
  writing(*this, [](soci::session& sql) { sql << "UPDATE schema_version SET version = version"; });
}

}  // namespace reelwright::database

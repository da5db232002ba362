#include "database/database.h"

#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <string_view>
#include <thread>

#include "core/error.h"
#include "database/migrations.h"
#include "database/session.h"

namespace reelwright::database {

namespace {

using core::Error;
using core::ErrorCode;
using namespace std::chrono_literals;

constexpr std::string_view sqlite_scheme = "sqlite:///";

/// Readers go on beside the one writer, which waits its turn.
constexpr const char* preparations[] = {"PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON",
                                        "PRAGMA wal_autocheckpoint = 4000"};

/// SQLite gives its other files the rights of the first. Where it cannot be made SQLite says why.
void make_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
}

void open(soci::session& sql, const std::string& path, std::chrono::milliseconds patience) {
  soci::connection_parameters parameters(soci::sqlite3, "dbname=\"" + path + "\"");
  sql.open(parameters);
  sql << fmt::format("PRAGMA busy_timeout = {}", patience.count());
  for (const char* preparation : preparations) sql << preparation;
}

bool is_there(soci::session& sql) {
  auto* backend = dynamic_cast<soci::sqlite3_session_backend*>(sql.get_backend());
  auto* connection = reinterpret_cast<sqlite3*>(backend->conn_);  // SOCI gives its type another namespace
  int moved = 0;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved == 0;
}

}  // namespace

std::string path_in(const std::string& url) {
  if (!url.starts_with(sqlite_scheme) || url.size() == sqlite_scheme.size())
    throw Error(ErrorCode::invalid_input,
                "DATABASE_URL must be sqlite:/// and the path of a file, for example "
                "sqlite:////var/lib/reelwright/reelwright.db.");
  return url.substr(sqlite_scheme.size());
}

Lease::Lease(Database::State& database) : pool_(database.pool) {
  if (!pool_.try_lease(position_, static_cast<int>(database.patience.count())))
    throw Error(ErrorCode::unavailable, "The database is overloaded; try again in a moment.");
}

Transaction::Transaction(soci::session& sql, Lasting lasting) : sql_(sql) {
  sql_ << (lasting == Lasting::surely ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  sql_ << "BEGIN IMMEDIATE";
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    sql_ << "ROLLBACK";
  } catch (const soci::soci_error&) {  // ignored: the database has rolled back by itself
  }
}

void Transaction::commit() {
  sql_ << "COMMIT";
  open_ = false;
}

Database::State::State(const std::string& url, int connections, std::chrono::milliseconds longest_wait)
    : path(path_in(url)), patience(longest_wait), pool(static_cast<std::size_t>(connections)) {
  make_file(path);
  try {
    for (int i = 0; i < connections; ++i) open(pool.at(static_cast<std::size_t>(i)), path, patience);
  } catch (const soci::soci_error& error) {
    throw_database_error(error);
  }
}

void Database::State::wait_until_there(soci::session& sql) const {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!is_there(sql)) {
    if (std::chrono::steady_clock::now() > end)
      throw Error(ErrorCode::unavailable,
                  "The database's file is gone or is another one; bring it back, or "
                  "start the service anew.",
                  path);
    std::this_thread::sleep_for(50ms);
  }
}

Database::Database(const std::string& url, int connections, std::chrono::milliseconds patience)
    : state_(std::make_unique<State>(url, connections, patience)) {}
Database::~Database() = default;

void Database::migrate() {
  writing(*this, [](soci::session& sql) { apply_migrations(sql); });
}

void Database::check() {
  writing(*this, Lasting::usually,
          [](soci::session& sql) { sql << "UPDATE schema_version SET version = version"; });
}

}  // namespace reelwright::database

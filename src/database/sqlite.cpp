#include "database/sqlite.h"

#include "database/session.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

constexpr int patience_ms = 10'000;
constexpr const char* preparation = "PRAGMA query_only = ON";

[[noreturn]] void fail(sqlite3* connection) {
  throw_sqlite_error(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection));
}

}  // namespace

SqliteStatement::SqliteStatement(sqlite3* connection, std::string_view text) : connection_(connection) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(connection, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT,
                         &statement, nullptr) != SQLITE_OK)
    fail(connection);
  statement_.reset(statement);
}

void SqliteStatement::bind(int index, std::string_view value) {
  sqlite3_bind_text(statement_.get(), index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
}

void SqliteStatement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
}

bool SqliteStatement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) fail(connection_);
  return result == SQLITE_ROW;
}

void SqliteStatement::reset() { sqlite3_reset(statement_.get()); }

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::string SqliteStatement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double SqliteStatement::number(int column) const { return sqlite3_column_double(statement_.get(), column); }

core::Moment SqliteStatement::moment(int column) const { return moment_of(number(column)); }

std::optional<std::string> SqliteStatement::optional_text(int column) const {
  return is_null(column) ? std::nullopt : std::optional(text(column));
}

std::optional<core::Moment> SqliteStatement::optional_moment(int column) const {
  return is_null(column) ? std::nullopt : std::optional(moment(column));
}

SqliteConnection::SqliteConnection(const std::string& path) {
  sqlite3* connection = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  if (!connection) throw_sqlite_error(SQLITE_NOMEM, "out of memory");
  if (result != SQLITE_OK) fail(connection);
  sqlite3_busy_timeout(connection, patience_ms);
  if (sqlite3_exec(connection, preparation, nullptr, nullptr, nullptr) != SQLITE_OK) fail(connection);
}

}  // namespace reelwright::database

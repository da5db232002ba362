#pragma once

// Inside `database/` only: SQLite itself, for reads so frequent that their statements must be kept. SOCI
// prepares each statement anew, and a row costs it many times what it costs SQLite.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace reelwright::database {

/// A prepared statement. Not thread-safe; outlived by its connection.
class SqliteStatement {
 public:
  SqliteStatement(sqlite3* connection, std::string_view text);

  /// The parameter `?index`, from 1 on. A text must live until the last `step`.
  void bind(int index, std::string_view value);
  void bind(int index, std::int64_t value);

  /// Whether there is another row. Throws like everything of this room. To be followed by `reset`, even where
  /// it throws: an open statement keeps an old state of the database alive.
  bool step();
  void reset();

  /// Columns from 0 on.
  bool is_null(int column) const;
  std::string text(int column) const;
  std::int64_t integer(int column) const;
  double number(int column) const;
  core::Moment moment(int column) const;
  std::optional<std::string> optional_text(int column) const;
  std::optional<core::Moment> optional_moment(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  sqlite3* connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Resets a statement at the end of its life.
class Rewind {
 public:
  explicit Rewind(SqliteStatement& statement) : statement_(statement) {}
  ~Rewind() { statement_.reset(); }
  Rewind(const Rewind&) = delete;
  Rewind& operator=(const Rewind&) = delete;

 private:
  SqliteStatement& statement_;
};

/// A connection that only reads. Not thread-safe.
class SqliteConnection {
 public:
  explicit SqliteConnection(const std::string& path);
  SqliteStatement prepare(std::string_view text) { return {connection_.get(), text}; }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace reelwright::database

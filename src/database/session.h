#pragma once

// Inside `database/` only: connections, transactions, and what SOCI's errors mean.

#include <soci/soci.h>

#include <chrono>
#include <string>
#include <utility>

#include "database/database.h"

namespace reelwright::database {

/// Where the file of `sqlite:///` and a path lies. Throws `invalid_input` for any other kind of URL.
std::string path_in(const std::string& url);

struct Database::State {
  State(const std::string& url, int connections, std::chrono::milliseconds patience);

  /// Throws `unavailable` where the file at `path` is another one than what is open, or none, and stays so
  /// for as long as a lock is waited for: what is written would be lost.
  void wait_until_there(soci::session& sql) const;

  std::string path;
  std::chrono::milliseconds patience;
  soci::connection_pool pool;
};

/// Says as a `core::Error` what went wrong.
[[noreturn]] void throw_database_error(const soci::soci_error& error);

/// The same for a result code of SQLite.
[[noreturn]] void throw_sqlite_error(int sqlite_code, const std::string& details);

/// A connection out of the pool, until the end of its life. Throws `unavailable` where none gets free.
class Lease {
 public:
  explicit Lease(Database::State& database);
  ~Lease() { pool_.give_back(position_); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  soci::session& session() { return pool_.at(position_); }

 private:
  soci::connection_pool& pool_;
  std::size_t position_ = 0;
};

/// What becomes of a committed write when the machine loses power. Nothing is lost when only the program
/// ends.
enum class Lasting {
  surely,   ///< it stands: it was promised to somebody
  usually,  ///< it may be undone, with all that came after it: work would be repeated, nothing more
};

/// A write that is undone unless it is committed. It waits for other writers first, so that what it reads
/// still holds when it writes.
class Transaction {
 public:
  Transaction(soci::session& sql, Lasting lasting);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  soci::session& sql_;
  bool open_ = true;
};

/// Calls `work(soci::session&)` on a connection of its own.
template <typename Work>
auto reading(Database& database, Work work) {
  try {
    Lease lease(database.state());
    return work(lease.session());
  } catch (const soci::soci_error& error) {
    throw_database_error(error);
  }
}

/// The same in one transaction.
template <typename Work>
auto writing(Database& database, Lasting lasting, Work work) {
  return reading(database, [&](soci::session& sql) {
    database.state().wait_until_there(sql);
    Transaction transaction(sql, lasting);
    if constexpr (std::is_void_v<decltype(work(sql))>) {
      work(sql);
      transaction.commit();
    } else {
      auto result = work(sql);
      transaction.commit();
      return result;
    }
  });
}

template <typename Work>
auto writing(Database& database, Work work) {
  return writing(database, Lasting::surely, std::move(work));
}

}  // namespace reelwright::database

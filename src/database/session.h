#pragma once

// Inside `database/` only: connections, transactions, and what SOCI's errors mean.

#include <soci/soci.h>

#include <utility>

#include "database/database.h"

namespace reelwright::database {

struct Database::State {
  State(const std::string& url, int connections);

  soci::connection_pool pool;
};

/// Says as a `core::Error` what went wrong.
[[noreturn]] void throw_database_error(const soci::soci_error& error);

/// A write that is undone unless it is committed. It waits for other writers first, so that what it reads
/// still holds when it writes.
class Transaction {
 public:
  explicit Transaction(soci::session& sql) : sql_(sql) { sql_ << "BEGIN IMMEDIATE"; }
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
    soci::session sql(database.state().pool);
    return work(sql);
  } catch (const soci::soci_error& error) {
    throw_database_error(error);
  }
}

/// The same in one transaction.
template <typename Work>
auto writing(Database& database, Work work) {
  return reading(database, [&](soci::session& sql) {
    Transaction transaction(sql);
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

}  // namespace reelwright::database

#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace reelwright::database {

/// One database and a pool of connections to it. Thread-safe; outlives everything that was given a reference.
///
/// Everything in this room throws `core::Error`: `unavailable` where the database is locked or gone for
/// longer than it is waited for, `storage_full` where its disk is, `internal` for anything else.
class Database {
 public:
  /// `url` is `sqlite:///` and a path (`sqlite:////absolute/path.db`); a missing file is made for its owner
  /// alone (keys and secrets lie there), its folder not. At most `connections` callers are served at once,
  /// the others wait. `patience` is how long anything is waited for. Throws `invalid_input` for any other
  /// kind of URL.
  explicit Database(const std::string& url, int connections = 4,
                    std::chrono::milliseconds patience = std::chrono::seconds(10));
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Makes all tables, or brings those of an older version up to date, all or nothing. Does nothing where
  /// that was done. Throws `conflict` where a newer program has been here.
  void migrate();

  /// Throws `unavailable` where the database does not answer or cannot be written to.
  void check();

  struct State;  ///< known to this room alone
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::database

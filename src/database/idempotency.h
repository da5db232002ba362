#pragma once

#include <optional>
#include <string>

#include "core/time.h"
#include "database/database.h"

namespace reelwright::database {

using core::Moment;

/// A row of `idempotency_keys`: what became of a request with an `Idempotency-Key`.
struct IdempotentRequest {
  enum class State {
    reserved,     ///< for the caller, now
    in_progress,  ///< by somebody else
    finished,     ///< its answer stands
  };
  State state = State::reserved;
  std::string fingerprint{};  ///< of the request it stands for; another one under this key is an error
  std::string processing_id{};
  std::string response{};  ///< JSON, to be given again
};

/// Keeps a request that is sent twice from being done twice. Keys belong to users. Thread-safe.
class IdempotencyTable {
 public:
  explicit IdempotencyTable(Database& database) : database_(database) {}

  /// Takes a key for `owner`, a name that no other process has; of two who try at once one gets it. The owner
  /// must say every few seconds that it lives (`renew`): a reservation counts for a minute after that, and
  /// for an hour at most.
  IdempotentRequest reserve(const std::string& user_id, const std::string& key,
                            const std::string& fingerprint, const std::string& owner, Moment now);

  /// Keeps the answer for 24 hours. `fingerprint` replaces the one given before. False where the owner's
  /// reservation is gone.
  bool finish(const std::string& user_id, const std::string& key, const std::string& owner,
              const std::string& fingerprint, const std::string& processing_id, const std::string& response,
              Moment now);

  /// Lets go of a reservation: the request failed and may be sent again.
  void release(const std::string& user_id, const std::string& key, const std::string& owner);

  /// The owner lives: its reservations go on.
  void renew(const std::string& owner, Moment now);

  /// Without taking it. Nothing where there is none, or it is out.
  std::optional<IdempotentRequest> find(const std::string& user_id, const std::string& key, Moment now);

  /// Removes what is out.
  int clean(Moment now);

 private:
  Database& database_;
};

}  // namespace reelwright::database

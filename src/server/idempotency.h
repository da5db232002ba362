#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "database/idempotency.h"
#include "server/request.h"
#include "server/response.h"

namespace reelwright::server {

/// One request that may be sent twice: holds its `Idempotency-Key` while it is worked on. Without that header
/// it does nothing.
class Idempotency {
 public:
  /// Throws `conflict` where the same key is worked on just now, `invalid_input` for a key that is none.
  Idempotency(database::Database& database, const Request& request);

  /// Lets the key go unless the request was finished.
  ~Idempotency();
  Idempotency(const Idempotency&) = delete;
  Idempotency& operator=(const Idempotency&) = delete;

  /// Whether the request was done before: its answer only waits for `replay`.
  bool was_done() const { return state_ == State::finished; }

  /// The answer that was given before. Throws `InvalidFields` where the request was another one.
  Response replay(const std::string& fingerprint) const;

  /// To be called now and then while the request goes on.
  void keep_alive();

  /// Keeps the answer for the next one who asks.
  void finish(const std::string& fingerprint, const std::string& processing_id, const std::string& json);

 private:
  using State = database::IdempotentRequest::State;

  database::IdempotencyTable table_;
  std::string user_;
  std::string key_;
  std::string owner_;
  std::optional<State> state_;
  database::IdempotentRequest before_;
  std::chrono::steady_clock::time_point renewed_ = std::chrono::steady_clock::now();
};

}  // namespace reelwright::server

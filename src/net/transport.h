#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "core/error.h"
#include "net/http_client.h"

namespace reelwright::net {

/// What a paid call used.
struct Charge {
  std::string provider{};  ///< the host that was called
  std::string model{};
  std::string stage{};  ///< of the job
  std::int64_t tokens_in = 0;
  std::int64_t tokens_out = 0;
  double seconds = 0;  ///< of sound
  double dollars = 0;  ///< US; 0 where the price is not known

  bool operator==(const Charge&) const = default;
};

/// A call of a vendor's API. It names a role, not a host: whoever makes the call knows which host plays it,
/// and its key.
struct ApiRequest {
  std::string role;     ///< `language_model`
  std::string path;     ///< below the base URL: `/chat/completions`
  std::string body;     ///< a JSON object
  std::string stage;    ///< of the job, for the ledger
  std::string sound{};  ///< a WAV file's bytes: the `file` of a form whose other fields are those of `body`
};

/// An answer of a status from 200 to 299, or one that says what is wrong with the request itself: 400, 404,
/// 405, 413, 415, 422.
struct ApiAnswer {
  int status = 0;
  std::string body{};
  std::string request_id{};  ///< the vendor's, for its support; may be empty
  std::optional<Charge> charge{};

  bool good() const { return status >= 200 && status < 300; }
};

/// By which paid services are called: directly, or through the worker, which alone has network and keys.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Waits for the answer, through retries. Thread-safe. Throws `invalid_input` (key refused, no such role,
  /// the base URL is none of an API), `over_budget` (the budget here, or the account there), `rate_limited`,
  /// `timeout`, `unavailable`, `cancelled` (within a second).
  virtual ApiAnswer post(const ApiRequest& request, const std::stop_token& stop) = 0;
};

/// Throws `internal` where there is none.
inline Transport& required(Transport* transport) {
  if (transport) return *transport;
  throw core::Error(core::ErrorCode::internal, "This process has no way to call a paid service.");
}

}  // namespace reelwright::net

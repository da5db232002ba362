#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/backoff.h"
#include "net/budget.h"
#include "net/call_facts.h"
#include "net/endpoint.h"
#include "net/http_client.h"
#include "net/prices.h"
#include "net/rate_gate.h"
#include "net/transport.h"

namespace reelwright::net {

/// One call as the log and the ledger know it. Nothing secret is in it.
struct CallRecord {
  std::string provider{}, path{}, stage{}, request_id{};
  int status = 0;  ///< of the last answer; 0: none
  int tries = 0;
  double seconds = 0;
  std::optional<Charge> charge{};
};

/// What all calls of one endpoint have in common, of whatever jobs. Thread-safe.
struct Vendor {
  Endpoint endpoint;
  Prices prices{};
  HttpClient http{HttpClient::Settings{}};
  RetryRules retry{};
  RateGate gate{};
};

/// As the settings have it, for calls of `path`. Throws as `endpoint_from`, `add_key` and `Prices::load`.
std::unique_ptr<Vendor> vendor_from(const core::Config& config, const EndpointSettings& settings,
                                    const std::string& path);

/// One for each role that the settings give to a server.
using Vendors = std::vector<std::unique_ptr<Vendor>>;

/// Calls the vendor of a role: adds the key, keeps to the budget, waits where the server asks for it, tries
/// again what may go well another time, and tells of every call. Only the endpoint's own paths and model are
/// asked for, and whatever the server answers, its key is not in it. Thread-safe.
class ApiClient final : public Transport {
 public:
  using OnCall = std::function<void(const CallRecord&)>;
  /// Waits so long; throws `cancelled` at once when a stop is asked for.
  using Wait = std::function<void(std::chrono::milliseconds, const std::stop_token&)>;

  /// `vendors` and `budget` outlive it. `on_call` is told of each call that was made, good or not, on the
  /// thread of the call; may be empty. `wait` is for tests.
  ApiClient(const Vendors& vendors, Budget& budget, OnCall on_call = {}, Wait wait = {});

  ApiAnswer post(const ApiRequest& request, const std::stop_token& stop) override;

 private:
  Vendor& vendor_of(const ApiRequest& request, const CallFacts& facts) const;
  ApiAnswer insist(Vendor& vendor, const HttpRequest& request, const std::stop_token& stop,
                   CallRecord& record) const;

  const Vendors& vendors_;
  Budget& budget_;
  const OnCall on_call_;
  const Wait wait_;
};

}  // namespace reelwright::net

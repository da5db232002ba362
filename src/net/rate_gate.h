#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string_view>

#include "net/http_client.h"

namespace reelwright::net {

/// A duration as rate limits tell it: `12ms`, `1s`, `6m0s`, `1h2m3.5s`. Nothing for anything else.
std::optional<std::chrono::milliseconds> rate_duration(std::string_view text);

/// Holds calls back while a server has said that none are left (`x-ratelimit-remaining-*` of 0, until
/// `x-ratelimit-reset-*` is over), for at most a minute. Shared by all who call one server. Thread-safe.
class RateGate {
 public:
  using Clock = std::chrono::steady_clock;

  /// To be told of every answer.
  void note(const Headers& headers, Clock::time_point now);

  /// How long the next call is to wait.
  std::chrono::milliseconds wait(Clock::time_point now) const;

 private:
  mutable std::mutex mutex_;
  Clock::time_point open_at_{};
};

}  // namespace reelwright::net

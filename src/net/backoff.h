#pragma once

#include <chrono>
#include <optional>

#include "core/time.h"
#include "net/http_client.h"

namespace reelwright::net {

/// How a call that failed in passing is made again.
struct RetryRules {
  int most_tries = 4;
  std::chrono::milliseconds first{500};
  std::chrono::milliseconds longest{8'000};
  std::chrono::milliseconds longest_asked{60'000};  ///< a server that asks for more is not waited for
};

/// How long to wait after so many failures (from 1 on): full jitter (Brooker, "Exponential Backoff And
/// Jitter", 2015), `share` (0 to 1) of `first` * 2^(failures - 1), which is at most `longest`.
std::chrono::milliseconds backoff(const RetryRules& rules, int failures, double share);

/// What the server asks for: `retry-after-ms`, else `retry-after` as seconds or as a date.
std::optional<std::chrono::milliseconds> asked_wait(const Headers& headers, core::Moment now);

/// What `x-should-retry` says.
std::optional<bool> should_retry(const Headers& headers);

}  // namespace reelwright::net

#pragma once

#include <algorithm>
#include <chrono>
#include <random>

#include "core/error.h"

namespace reelwright::jobs {

/// Whether the same attempt may go well another time: what failed was the machine or a service, not what the
/// user gave or asked for.
constexpr bool is_retryable(core::ErrorCode code) {
  switch (code) {
    case core::ErrorCode::conflict:  // another process still holds the workspace
    case core::ErrorCode::rate_limited:
    case core::ErrorCode::unavailable:
    case core::ErrorCode::timeout:
    case core::ErrorCode::storage_full:
    case core::ErrorCode::internal:
      return true;
    default:
      return false;
  }
}

struct RetryPolicy {
  std::chrono::milliseconds first = std::chrono::seconds(2);
  std::chrono::milliseconds longest = std::chrono::minutes(5);

  /// How long to wait after `failures` attempts (from 1 on): twice as long each time up to `longest`, of
  /// which between half and all is taken, by `share` (0 to 1), so that jobs that failed together do not all
  /// come back together.
  std::chrono::milliseconds wait(int failures, double share) const {
    std::chrono::milliseconds whole = first;
    for (int i = 1; i < failures && whole < longest; ++i) whole *= 2;
    const auto longer = static_cast<double>(std::min(whole, longest).count());
    return std::chrono::milliseconds(
        static_cast<long long>(longer * (0.5 + 0.5 * std::clamp(share, 0.0, 1.0))));
  }

  /// The same by lot. Thread-safe.
  std::chrono::milliseconds wait(int failures) const {
    thread_local std::minstd_rand lot(std::random_device{}());
    return wait(failures, std::uniform_real_distribution(0.0, 1.0)(lot));
  }
};

}  // namespace reelwright::jobs

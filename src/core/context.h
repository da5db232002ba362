#pragma once

#include <algorithm>
#include <functional>
#include <stop_token>
#include <thread>

#include "core/error.h"

namespace reelwright::core {

/// What every long-running function is given: when to stop, where to tell how far it is, how many threads to
/// use.
struct Context {
  std::stop_token stop;
  /// Called with the share done, 0 to 1, never backwards. May be empty. One thread at a time calls it.
  std::function<void(double)> progress;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());

  /// Throws `cancelled` once a stop was asked for; to be called at least several times a second.
  void check() const {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "Stopped.");
  }

  void report(double fraction) const {
    if (progress) progress(fraction);
  }

  /// A context for a part of the work that fills the progress from `from` to `to`.
  Context part(double from, double to) const {
    return {stop, progress ? [p = progress, from, to](double f) { p(from + f * (to - from)); } : progress,
            threads};
  }

  /// A context for work beside the one that reports.
  Context silent() const { return {stop, {}, threads}; }
};

}  // namespace reelwright::core

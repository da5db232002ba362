#pragma once

#include <functional>
#include <stop_token>

#include "core/error.h"

namespace reelwright::media {

/// What a long-running function of this room is given: when to stop and where to tell how far it is (0 to 1).
struct Control {
  std::stop_token stop{};
  std::function<void(double)> progress{};

  /// Throws `cancelled` once a stop was asked for.
  void check() const {
    if (stop.stop_requested())
      throw core::Error(core::ErrorCode::cancelled, "Stopped; run the same command again to go on.");
  }

  void report(double fraction) const {
    if (progress) progress(fraction);
  }
};

}  // namespace reelwright::media

#pragma once

#include <cstdint>

#include "core/time.h"
#include "media/probe.h"

namespace reelwright::media {

/// Frames a second as a fraction, exact for 30000/1001 and its kind.
struct FrameRate {
  int numerator = 30;
  int denominator = 1;

  double value() const { return static_cast<double>(numerator) / denominator; }

  /// Where frame `index` of a constant-rate video begins, to the nearest microsecond.
  core::Time time_of(std::int64_t index) const {
    return core::Time{(index * 1'000'000 * denominator + numerator / 2) / numerator};
  }

  /// How many frames fill `duration`, to the nearest frame but at least one.
  std::int64_t frames_in(core::Time duration) const;

  bool operator==(const FrameRate&) const = default;
};

/// The constant rate a clip of this source is rendered at: the source's where it is a standard one up to 30
/// (24, 25, 30 and their 1000/1001 kin) or lower than 24 (but at least 10); half or a third of the higher
/// standards (50 to 25, 60 to 30); else, and for variable rates, 30.
FrameRate output_frame_rate(const VideoFacts& source);

}  // namespace reelwright::media

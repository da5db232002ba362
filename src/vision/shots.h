#pragma once

#include "core/time.h"

namespace reelwright::vision {

/// A run of frames between two cuts; `span.start` is the time of its first frame.
struct Shot {
  core::Span span;

  bool operator==(const Shot&) const = default;
};

}  // namespace reelwright::vision

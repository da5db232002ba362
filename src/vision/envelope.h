#pragma once

#include <filesystem>
#include <vector>

#include "core/context.h"
#include "core/time.h"

namespace reelwright::vision {

/// The sound's loudness over a span, one value a `step`.
struct Envelope {
  core::Time start{};
  core::Time step{};
  std::vector<float> loudness;  ///< 0 (the span's quiet level) to 1 (its loud level), on a decibel scale

  bool empty() const { return loudness.empty(); }
  /// The value at `time`; 0 outside.
  double at(core::Time time) const;
};

/// Reads the sound of `span`. Empty where the file has none or it is silent throughout.
Envelope read_envelope(const std::filesystem::path& sound, core::Span span, core::Time step,
                       const core::Context& context);

}  // namespace reelwright::vision

#pragma once

#include <vector>

#include "core/time.h"
#include "media/envelope.h"

namespace reelwright::clips {

/// Means of loudness over any span in constant time.
class Loudness {
 public:
  explicit Loudness(const media::Envelope& sound);

  bool known() const { return sums_.size() > 1; }

  /// Mean and standard deviation in dB of the steps in `span` that are within 40 dB of the source's loudest
  /// tenth (what is softer is pause); 0 and 0 where there is none.
  struct Level {
    double mean = 0;
    double deviation = 0;
  };
  Level level(core::Span span) const;

 private:
  std::size_t index(core::Time time) const;

  core::Time step_;
  std::vector<double>
      sums_;  // running sums of dB, of its square and of the number of steps that are no pause
  std::vector<double> squares_;
  std::vector<double> counts_;
};

}  // namespace reelwright::clips

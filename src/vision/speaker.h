#pragma once

#include <span>
#include <vector>

#include "core/time.h"
#include "vision/analysis.h"
#include "vision/envelope.h"

namespace reelwright::vision {

/// A stretch in which one of several people speaks.
struct Turn {
  core::Span span;
  std::size_t speaker = 0;  ///< index into the candidates
  double margin = 0;        ///< how far the speaker's evidence is above the next one's, 0 to 1.5

  bool operator==(const Turn&) const = default;
};

struct Turns {
  std::vector<Turn> turns;  ///< cover the span, without gaps
  bool certain = false;     ///< the evidence tells who speaks for most of the time
};

/// Who of `candidates` (faces, at least one) speaks when. Evidence for a face is how much more its mouth
/// moves than the rest of it, and how well that follows the sound's loudness (correlation over 3 s); a face
/// that only nods scores low on both. The turns are the best path through the evidence (Viterbi 1967) where
/// each change costs, and none is shorter than 1.5 s.
Turns find_turns(std::span<const TrackedSubject* const> candidates, const Envelope& envelope,
                 core::Span span);

/// How much a face's mouth moves more than the rest of it, summed over `span`.
double mouth_activity(const TrackedSubject& subject, core::Span span);

}  // namespace reelwright::vision

#pragma once

#include <vector>

#include "core/time.h"
#include "language/sentences.h"

namespace reelwright::clips {

/// Sentences [first, end) as a clip; `span` includes the breathing room.
struct Candidate {
  std::size_t first;
  std::size_t end;
  core::Span span;
};

struct CandidateLimits {
  core::Time min_duration;
  core::Time max_duration;
  core::Time source_duration;
};

/// All runs of whole sentences whose span is within the limits, sorted by first, then end.
///
/// A span has up to 0.25 s of the pause before and 0.4 s of the pause after, and never more than 40 % of the
/// pause before and 60 % of the one after, so that spans of runs without a common sentence do not overlap; at
/// the ends of the source the whole pause may be used. More than 0.25 and 0.4 s are taken only to reach
/// `min_duration`, where no neighbour could be taken instead. Where two people talk at once no candidate
/// begins or ends; none reaches beyond the source. A start with over 64 ends keeps every n-th of them, so
/// that long clips of a long talk stay affordable, and those at the end of a topic (`topic_of` gives each
/// sentence's).
std::vector<Candidate> find_candidates(const std::vector<language::Sentence>& sentences,
                                       const std::vector<std::size_t>& topic_of,
                                       const CandidateLimits& limits);

}  // namespace reelwright::clips

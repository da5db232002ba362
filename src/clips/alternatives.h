#pragma once

#include <vector>

#include "clips/selection.h"

namespace reelwright::clips {

constexpr std::size_t most_alternatives = 50;

/// A candidate as far as it matters here.
struct ScoredSpan {
  core::Span span;
  double score;
};

/// `clip` as one of those it was chosen among.
Alternative alternative(const ChosenClip& clip, bool chosen);

/// Which of all candidates to show a user: the best, the chosen always, none of the others nearly the same as
/// a better one. Indices, by score, falling.
std::vector<std::size_t> worth_showing(const std::vector<ScoredSpan>& all,
                                       const std::vector<ChosenClip>& chosen);

}  // namespace reelwright::clips

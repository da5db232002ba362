#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/context.h"
#include "language/line.h"

namespace reelwright::language {

struct TopicRequest {
  std::optional<std::size_t> count;  ///< number of topics, when it is known
  std::string language = "en";       ///< BCP 47
};

/// The 0-based lines that begin a new topic, ascending, line 0 left out; with `count` exactly `count - 1` of
/// them.
///
/// The segmentation of highest probability: cohesion of each segment (see `Cohesion`) plus evidence at each
/// boundary (see `boundary_evidence`), found exactly by dynamic programming (Utiyama & Isahara 2001). Without
/// `count` every segment pays a price that grows with the logarithm of the text's length. A segment has at
/// most 2,000 lines, or with a `count` above 8 at most eight times the mean length. Time grows with lines
/// times words of such a segment, memory with lines (times `count`). Throws `invalid_input` when `count` is 0
/// or above the number of lines, `too_large` above 100,000 lines or when lines times `count` is over 16
/// million, `cancelled`.
std::vector<std::size_t> topic_boundaries(const std::vector<Line>& lines, const TopicRequest& request = {},
                                          const core::Context& context = {});

}  // namespace reelwright::language

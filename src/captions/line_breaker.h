#pragma once

#include <optional>
#include <span>
#include <vector>

#include "captions/pieces.h"

namespace reelwright::captions {

/// One page's words in lines: where each line ends (one past its last piece), how uneven the lines are.
struct Lines {
  std::vector<std::size_t> ends;
  double badness = 0;  ///< 0: even lines that end well
};

/// The fewest lines that hold `pieces`, and among those the most even ones. Nothing where `max_lines` are too
/// few; a piece wider than a line stands on a line of its own (to be shrunk).
std::optional<Lines> break_lines(std::span<const Piece> pieces, double space, double max_width,
                                 int max_lines);

}  // namespace reelwright::captions

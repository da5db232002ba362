#pragma once

#include <vector>

#include "vision/boxes.h"

namespace reelwright::vision {

/// A box that a model proposes.
struct ScoredBox {
  Box box;
  double score = 0;
  int label = 0;  ///< the number of its class

  bool operator==(const ScoredBox&) const = default;
};

/// Of boxes of one class that overlap by more than `most_overlap` (intersection over union) only the one with
/// the best score stays; of equal scores the first. The best first. Greedy non-maximum suppression (Neubeck
/// and Van Gool 2006), class by class. Time grows with the boxes times those that stay.
std::vector<ScoredBox> without_overlaps(const std::vector<ScoredBox>& boxes, double most_overlap);

}  // namespace reelwright::vision

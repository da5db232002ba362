#include "vision/nms.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace reelwright::vision {

std::vector<ScoredBox> without_overlaps(std::vector<ScoredBox> boxes, double most_overlap) {
  std::ranges::stable_sort(boxes, std::greater{}, &ScoredBox::score);
  std::vector<ScoredBox> kept;
  std::unordered_map<int, std::vector<Box>> kept_of;
  for (const ScoredBox& candidate : boxes) {
    std::vector<Box>& rivals = kept_of[candidate.label];
    const bool hidden = std::ranges::any_of(
        rivals, [&](const Box& rival) { return overlap(rival, candidate.box) > most_overlap; });
    if (hidden) continue;
    rivals.push_back(candidate.box);
    kept.push_back(candidate);
  }
  return kept;
}

}  // namespace reelwright::vision

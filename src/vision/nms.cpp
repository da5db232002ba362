#include "vision/nms.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace reelwright::vision {

namespace {

struct Candidate {
  Box box;
  double score;
  std::size_t place;  ///< among all boxes
};

/// Takes out what the best hides and the best itself; gives where the best of the rest is then.
std::size_t without_hidden(std::vector<Candidate>& rest, std::size_t best, double most_overlap) {
  const Box winner = rest[best].box;
  std::size_t kept = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (i == best || overlap(winner, rest[i].box) > most_overlap) continue;
    rest[kept] = rest[i];
    if (rest[kept].score > rest[next].score) next = kept;
    ++kept;
  }
  rest.resize(kept);
  return next;
}

/// All of one class, which are nothing afterwards.
void keep_best(std::vector<Candidate>& rest, double most_overlap, std::vector<std::size_t>& kept) {
  auto best = static_cast<std::size_t>(std::ranges::max_element(rest, {}, &Candidate::score) - rest.begin());
  while (!rest.empty()) {
    kept.push_back(rest[best].place);
    best = without_hidden(rest, best, most_overlap);
  }
}

}  // namespace

// Sorting first would be the usual way; it costs more than all the rest, for most boxes are soon hidden.
std::vector<ScoredBox> without_overlaps(const std::vector<ScoredBox>& boxes, double most_overlap) {
  std::unordered_map<int, std::vector<Candidate>> classes;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    classes[boxes[i].label].push_back({boxes[i].box, boxes[i].score, i});
  std::vector<std::size_t> kept;
  for (auto& [label, candidates] : classes) keep_best(candidates, most_overlap, kept);
  std::ranges::sort(kept);
  std::ranges::stable_sort(kept, std::greater{}, [&](std::size_t place) { return boxes[place].score; });
  std::vector<ScoredBox> found;
  found.reserve(kept.size());
  for (const std::size_t place : kept) found.push_back(boxes[place]);
  return found;
}

}  // namespace reelwright::vision

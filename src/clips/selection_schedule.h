#pragma once

#include <cstddef>
#include <vector>

namespace reelwright::clips {

inline constexpr double score_floor = 0.4;          ///< a worse clip is not worth showing
inline constexpr double topic_repeat_price = 0.08;  ///< of one more clip from a topic

/// A candidate on a line of units (sentences, seconds): it takes units [begin, end).
struct Slot {
  std::size_t begin;
  std::size_t end;
  std::size_t first_topic;  ///< topics never decrease along the line
  std::size_t last_topic;
  double value;  ///< worth of choosing it; may be negative
};

/// Indices into `slots`, in the order of time, of the set of at most `count` slots that do not overlap with
/// the largest sum of values, less `repeat_price` for each slot whose first topic is the last topic of the
/// chosen slot before it. Because topics run along the line, that price falls on every topic once for each
/// further clip from it.
///
/// Exact: a dynamic program over (number chosen, last slot). The best predecessor of a slot is the best that
/// ends before its topic begins, for free, or the best that ends before the slot, at the price; both are
/// running maxima, so it takes O(count * (slots + units) + slots log slots). Ties go to the set whose slots
/// end earlier. `slots` must be sorted by begin, then end, with begin < end.
std::vector<std::size_t> best_schedule(const std::vector<Slot>& slots, std::size_t count,
                                       double repeat_price);

}  // namespace reelwright::clips

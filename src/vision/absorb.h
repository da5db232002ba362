#pragma once

#include <algorithm>
#include <vector>

#include "core/time.h"

namespace reelwright::vision {

/// Leaves no run shorter than `shortest` while there are two. `runs` have a `span` each and follow one
/// another without gaps: the shortest goes to the run before it (the first to the one after it), and
/// neighbours of which `alike(run, next)` holds then become one, `join(run, next)` telling the first what it
/// takes over of the other beside its span.
template <typename Run, typename Alike, typename Join>
void absorb_short(std::vector<Run>& runs, core::Time shortest, Alike alike, Join join) {
  while (runs.size() > 1) {
    const auto least = std::ranges::min_element(runs, {}, [](const Run& run) { return run.span.duration(); });
    if (least->span.duration() >= shortest) return;
    const auto into = least == runs.begin() ? least + 1 : least - 1;
    into->span = {std::min(into->span.start, least->span.start), std::max(into->span.end, least->span.end)};
    runs.erase(least);
    for (std::size_t i = 1; i < runs.size();) {
      if (!alike(runs[i - 1], runs[i])) {
        ++i;
        continue;
      }
      runs[i - 1].span.end = runs[i].span.end;
      join(runs[i - 1], runs[i]);
      runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

}  // namespace reelwright::vision

#include "clips/alternatives.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace reelwright::clips {

namespace {

/// Of what either of two spans covers, the share that both do.
constexpr double nearly_the_same = 0.7;

bool alike(const core::Span& a, const core::Span& b) {
  const core::Time both = std::min(a.end, b.end) - std::max(a.start, b.start);
  const core::Time either = std::max(a.end, b.end) - std::min(a.start, b.start);
  return core::to_seconds(both) > nearly_the_same * core::to_seconds(either);
}

}  // namespace

Alternative alternative(const ChosenClip& clip, bool chosen) {
  return {clip.span, clip.score, clip.title, clip.text_preview, clip.reasons, chosen};
}

std::vector<std::size_t> worth_showing(const std::vector<ScoredSpan>& all,
                                       const std::vector<ChosenClip>& chosen) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return all[i].score; });
  std::vector<std::size_t> shown;
  const auto is_chosen = [&](std::size_t i) {
    return std::ranges::contains(chosen, all[i].span, &ChosenClip::span);
  };
  for (const std::size_t i : order)
    if (is_chosen(i)) shown.push_back(i);
  std::size_t others = std::max(most_alternatives, shown.size()) - shown.size();
  for (const std::size_t i : order) {
    if (others == 0) break;
    const auto like = [&](std::size_t other) { return alike(all[i].span, all[other].span); };
    if (is_chosen(i) || std::ranges::any_of(shown, like)) continue;
    shown.push_back(i);
    --others;
  }
  std::ranges::stable_sort(shown, std::greater{}, [&](std::size_t i) { return all[i].score; });
  return shown;
}

}  // namespace reelwright::clips

#include "speech/speaker_clusters.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "speech/agglomeration.h"

namespace reelwright::speech {

namespace {

double product(const Direction& a, const Direction& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// The middle of each group, of length 1.
std::vector<Direction> middles(const std::vector<Direction>& directions,
                               const std::vector<std::size_t>& groups) {
  std::vector<Direction> middles;
  for (std::size_t at = 0; at < directions.size(); ++at) {
    if (groups[at] == middles.size()) middles.emplace_back(directions[at].size());
    std::ranges::transform(directions[at], middles[groups[at]], middles[groups[at]].begin(), std::plus());
  }
  for (Direction& middle : middles) {
    const double length = std::sqrt(product(middle, middle));
    if (length > 0)
      for (float& value : middle) value = static_cast<float>(value / length);
  }
  return middles;
}

JoinLimits limits_for(std::size_t speakers, double distance) {
  if (speakers == 0) return {.farthest = distance};
  return {.farthest = distance, .most = speakers, .fewest = speakers};
}

}  // namespace

std::vector<std::size_t> find_speakers(const std::vector<LocalVoice>& voices, std::size_t speakers,
                                       double distance, const core::Context& context) {
  const bool any_clear = std::ranges::any_of(voices, &LocalVoice::is_clear);
  std::vector<Direction> clear;
  for (const LocalVoice& voice : voices)
    if (voice.is_clear || !any_clear) clear.push_back(voice.direction);
  const std::vector<std::size_t> groups = agglomerate(clear, limits_for(speakers, distance), context);
  const std::vector<Direction> known = middles(clear, groups);
  std::vector<std::size_t> found;
  auto next = groups.begin();
  for (const LocalVoice& voice : voices) {
    if (voice.is_clear || !any_clear) {
      found.push_back(*next++);
      continue;
    }
    const auto nearest = std::ranges::max_element(
        known, {}, [&](const Direction& middle) { return product(middle, voice.direction); });
    found.push_back(static_cast<std::size_t>(nearest - known.begin()));
  }
  return found;
}

}  // namespace reelwright::speech

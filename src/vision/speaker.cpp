#include "vision/speaker.h"

#include <algorithm>
#include <cmath>

#include "vision/absorb.h"

namespace reelwright::vision {

namespace {

using core::Time;
using Series = std::vector<double>;  // one value a step

constexpr Time step{100'000};
constexpr double seconds_a_step = 0.1;
constexpr double head_share = 0.9;    // of the rest's motion that a mouth shows without speaking
constexpr double quiet_mouth = 0.01;  // motion below this is noise
constexpr double speaking_mouth =
    0.03;  // motion from here on is speech or laughter: more of it is no more evidence
constexpr double most_margin = 1.5;    // of evidence, so that one wild moment does not outweigh many
constexpr double silent_weight = 0.3;  // of moments without sound
constexpr double follows_sound = 1.0;  // weight of the correlation
constexpr double change_cost = 1.0;    // evidence x seconds that a change of speaker must gain
constexpr double clear_margin = 0.4;   // of a turn that is not a guess
constexpr double clear_share = 0.75;   // of the time, for the turns to be relied upon
constexpr Time shortest_turn{1'500'000};
constexpr Time sound_follows{100'000};  // a mouth opens before it is heard
constexpr int smoothing = 3;            // steps to either side
constexpr int correlation_reach = 15;

double excess(const FaceMotion& motion) { return std::max(0.0, motion.mouth - head_share * motion.rest); }

Series mean_around(const Series& values, int reach) {
  Series sums(values.size() + 1, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) sums[i + 1] = sums[i] + values[i];
  Series means(values.size());
  const int count = static_cast<int>(values.size());
  for (int i = 0; i < count; ++i) {
    const auto from = static_cast<std::size_t>(std::max(0, i - reach));
    const auto to = static_cast<std::size_t>(std::min(count, i + reach + 1));
    means[static_cast<std::size_t>(i)] = (sums[to] - sums[from]) / static_cast<double>(to - from);
  }
  return means;
}

/// A measure of the mouth's motion at every step; steps without a sample keep the last one's value.
Series motion_of(const TrackedSubject& subject, core::Span span, std::size_t steps,
                 double (*measure)(const FaceMotion&)) {
  Series sums(steps, 0.0);
  std::vector<int> counts(steps, 0);
  for (const MotionSample& sample : subject.motion) {
    if (!span.contains(sample.time)) continue;
    const auto k = std::min(steps - 1, static_cast<std::size_t>((sample.time - span.start) / step));
    sums[k] += measure(sample.motion);
    ++counts[k];
  }
  double last = 0;
  for (std::size_t k = 0; k < steps; ++k) {
    if (counts[k] > 0) last = sums[k] / counts[k];
    sums[k] = last;
  }
  return sums;
}

/// Pearson's correlation of both within `reach` steps of `centre`; 0 where either does not change.
double correlation(const Series& a, const Series& b, int centre, int reach) {
  const int from = std::max(0, centre - reach);
  const int to = std::min(static_cast<int>(a.size()), centre + reach + 1);
  double sum_a = 0, sum_b = 0, squares_a = 0, squares_b = 0, products = 0;
  for (int i = from; i < to; ++i) {
    const double x = a[static_cast<std::size_t>(i)];
    const double y = b[static_cast<std::size_t>(i)];
    sum_a += x, sum_b += y, squares_a += x * x, squares_b += y * y, products += x * y;
  }
  const double count = to - from;
  const double spread = (squares_a - sum_a * sum_a / count) * (squares_b - sum_b * sum_b / count);
  return spread > 1e-12 ? (products - sum_a * sum_b / count) / std::sqrt(spread) : 0;
}

Series evidence_of(const TrackedSubject& subject, const Series& loudness, core::Span span) {
  const Series level = mean_around(motion_of(subject, span, loudness.size(), excess), smoothing);
  const Series rhythm = mean_around(
      motion_of(subject, span, loudness.size(), [](const FaceMotion& motion) { return motion.mouth; }), 1);
  Series evidence(loudness.size());
  for (std::size_t k = 0; k < evidence.size(); ++k) {
    const double follows = correlation(rhythm, loudness, static_cast<int>(k), correlation_reach);
    evidence[k] =
        std::log(std::min(level[k], speaking_mouth) + quiet_mouth) + follows_sound * std::max(0.0, follows);
  }
  return evidence;
}

Series loudness_over(const Envelope& envelope, core::Span span, std::size_t steps) {
  Series loudness(steps);
  for (std::size_t k = 0; k < steps; ++k) {
    const Time middle = span.start + step * static_cast<long>(k) + step / 2 + sound_follows;
    loudness[k] = envelope.at(middle);
  }
  return loudness;
}

/// The best speaker at every step.
std::vector<std::size_t> best_path(const std::vector<Series>& evidence, const Series& weights) {
  const std::size_t people = evidence.size();
  const std::size_t steps = weights.size();
  std::vector<double> total(people, 0.0);
  std::vector<std::vector<std::size_t>> from(steps, std::vector<std::size_t>(people));
  for (std::size_t k = 0; k < steps; ++k) {
    double top = evidence[0][k];
    for (const Series& one : evidence) top = std::max(top, one[k]);
    const auto leader = static_cast<std::size_t>(std::ranges::max_element(total) - total.begin());
    const double changed = total[leader] - change_cost;
    for (std::size_t i = 0; i < people; ++i) {
      from[k][i] = total[i] >= changed ? i : leader;
      const double behind = std::max(-most_margin, evidence[i][k] - top);
      total[i] = std::max(total[i], changed) + behind * weights[k] * seconds_a_step;
    }
  }
  std::vector<std::size_t> path(steps);
  auto at = static_cast<std::size_t>(std::ranges::max_element(total) - total.begin());
  for (std::size_t k = steps; k-- > 0;) {
    path[k] = at;
    at = from[k][at];
  }
  return path;
}

double margin_at(const std::vector<Series>& evidence, std::size_t speaker, std::size_t k) {
  double next = -1e9;
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    if (i != speaker) next = std::max(next, evidence[i][k]);
  }
  return std::clamp(evidence[speaker][k] - next, -most_margin, most_margin);
}

std::vector<Turn> turns_along(const std::vector<std::size_t>& path, const std::vector<Series>& evidence,
                              core::Span span) {
  std::vector<Turn> turns;
  for (std::size_t k = 0; k < path.size();) {
    std::size_t end = k;
    double margin = 0;
    for (; end < path.size() && path[end] == path[k]; ++end) margin += margin_at(evidence, path[k], end);
    const Time to = end == path.size() ? span.end : span.start + step * static_cast<long>(end);
    turns.push_back(
        {{span.start + step * static_cast<long>(k), to}, path[k], margin / static_cast<double>(end - k)});
    k = end;
  }
  return turns;
}

}  // namespace

double mouth_activity(const TrackedSubject& subject, core::Span span) {
  double sum = 0;
  for (const MotionSample& sample : subject.motion) {
    if (span.contains(sample.time)) sum += excess(sample.motion);
  }
  return sum;
}

Turns find_turns(std::span<const TrackedSubject* const> candidates, const Envelope& envelope,
                 core::Span span) {
  if (candidates.size() == 1) return {{{span, 0, most_margin}}, true};
  const auto steps = static_cast<std::size_t>(std::max<long>(1, span.duration() / step));
  const Series loudness = loudness_over(envelope, span, steps);
  std::vector<Series> evidence;
  for (const TrackedSubject* candidate : candidates)
    evidence.push_back(evidence_of(*candidate, loudness, span));
  Series weights(steps, 1.0);
  if (!envelope.empty()) {
    std::ranges::transform(loudness, weights.begin(),
                           [](double loud) { return silent_weight + (1 - silent_weight) * loud; });
  }
  Turns result{turns_along(best_path(evidence, weights), evidence, span), false};
  double clear = 0;
  for (const Turn& turn : result.turns) {
    if (turn.margin >= clear_margin) clear += core::to_seconds(turn.span.duration());
  }
  result.certain = clear >= clear_share * core::to_seconds(span.duration());
  // A turn that is too short to cut to goes to its neighbour.
  absorb_short(
      result.turns, shortest_turn,
      [](const Turn& turn, const Turn& next) { return turn.speaker == next.speaker; },
      [](Turn& turn, const Turn& next) { turn.margin = std::max(turn.margin, next.margin); });
  return result;
}

}  // namespace reelwright::vision

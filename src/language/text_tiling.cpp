#include "language/text_tiling.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <ranges>
#include <span>
#include <utility>

#include "language/vectors.h"

namespace reelwright::language {

namespace {

// ClipsAI's own values. Gap g lies between lines g and g + 1.
constexpr std::size_t window = 7;     // lines on each side of a gap
constexpr std::size_t smoothing = 3;  // gaps

/// The cosine of means is that of sums.
std::vector<float> sum_of(const Embeddings& lines, std::size_t first, std::size_t end) {
  std::vector<float> sum(lines.width);
  for (std::size_t line = first; line < end; ++line)
    std::ranges::transform(sum, lines[line], sum.begin(), std::plus{});
  return sum;
}

std::vector<double> likeness_across_gaps(const Embeddings& lines) {
  const std::size_t reach = window < lines.texts ? window : std::max<std::size_t>(lines.texts / 5, 2);
  std::vector<double> likeness;
  for (std::size_t right = 1; right < lines.texts; ++right)
    likeness.push_back(cosine(sum_of(lines, right - std::min(right, reach), right),
                              sum_of(lines, right, std::min(lines.texts, right + reach))));
  return likeness;
}

/// The mean of each with its neighbours; at the ends with those that it has.
std::vector<double> smoothed(const std::vector<double>& values) {
  std::vector<double> smooth;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t first = i - std::min(i, smoothing / 2);
    const std::size_t end = std::min(values.size(), i + smoothing / 2 + 1);
    const auto part = std::span(values).subspan(first, end - first);
    smooth.push_back(std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(part.size()));
  }
  return smooth;
}

/// The last value of the climb that begins with the first.
template <typename Range>
double peak_of(const Range& values) {
  double peak = *values.begin();
  for (const double value : values) {
    if (value < peak) break;
    peak = value;
  }
  return peak;
}

std::vector<double> depths_of(const std::vector<double>& likeness) {
  std::vector<double> depths;
  for (std::size_t gap = 0; gap < likeness.size(); ++gap) {
    const double left = peak_of(std::span(likeness).first(gap + 1) | std::views::reverse);
    const double right = peak_of(std::span(likeness).subspan(gap));
    depths.push_back(left + right - 2 * likeness[gap]);
  }
  return depths;
}

/// Deeper than one neighbour at least, and than none shallower.
bool is_deepest_nearby(const std::vector<double>& depths, std::size_t gap) {
  const double left = depths[gap - std::min<std::size_t>(gap, 1)];
  const double right = depths[std::min(gap + 1, depths.size() - 1)];
  return depths[gap] >= std::max(left, right) && depths[gap] > std::min(left, right);
}

double usual_cut(const std::vector<double>& depths) {
  const auto count = static_cast<double>(depths.size());
  const double mean = std::accumulate(depths.begin(), depths.end(), 0.0) / count;
  double squares = 0;
  for (const double depth : depths) squares += (depth - mean) * (depth - mean);
  return mean + std::sqrt(squares / count);
}

/// The gaps by how well they part topics, the best first.
std::vector<std::size_t> ranked(const std::vector<double>& depths) {
  std::vector<std::size_t> order(depths.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t gap) {
    return std::pair(is_deepest_nearby(depths, gap), depths[gap]);
  });
  return order;
}

}  // namespace

std::vector<std::size_t> tile_boundaries(const Embeddings& lines, const std::optional<std::size_t>& count) {
  if (lines.texts < 2) return {};
  const std::vector<double> depths = depths_of(smoothed(likeness_across_gaps(lines)));
  std::vector<std::size_t> gaps = ranked(depths);
  if (count) {
    gaps.resize(*count - 1);
  } else {
    const double cut = usual_cut(depths);
    std::erase_if(gaps,
                  [&](std::size_t gap) { return depths[gap] <= cut || !is_deepest_nearby(depths, gap); });
  }
  std::ranges::sort(gaps);
  for (std::size_t& gap : gaps) ++gap;  // the line behind it
  return gaps;
}

}  // namespace reelwright::language

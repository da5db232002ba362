#include "language/division.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace reelwright::language {

namespace {

constexpr std::size_t longest_segment = 2000;
constexpr double never = -std::numeric_limits<double>::infinity();

/// For every segment from `first` on, `use(end, score)` with lines [first, end); ends ascending.
template <class Use>
void each_segment(Cohesion& cohesion, const std::vector<double>& evidence, std::size_t first,
                  std::size_t longest, std::vector<double>& row, Use use) {
  cohesion.from(first, longest, row);
  for (std::size_t length = 1; length < row.size(); ++length)
    use(first + length, row[length] + evidence[first]);
}

}  // namespace

std::vector<std::size_t> divide_freely(Cohesion& cohesion, const std::vector<double>& evidence, double price,
                                       const core::Context& context) {
  const auto lines = evidence.size();
  std::vector<double> best(lines + 1, never);
  std::vector<std::size_t> from(lines + 1, 0);
  std::vector<double> row;
  best[0] = 0;
  for (std::size_t first = 0; first < lines; ++first) {
    context.check();
    each_segment(cohesion, evidence, first, longest_segment, row, [&](std::size_t end, double score) {
      const double total = best[first] + score - price;
      if (total > best[end]) best[end] = total, from[end] = first;
    });
  }
  std::vector<std::size_t> boundaries;
  for (auto at = from[lines]; at > 0; at = from[at]) boundaries.push_back(at);
  std::ranges::reverse(boundaries);
  return boundaries;
}

std::vector<std::size_t> divide_into(std::size_t count, Cohesion& cohesion,
                                     const std::vector<double>& evidence, const core::Context& context) {
  const auto lines = evidence.size();
  const auto mean = (lines + count - 1) / count;
  const auto longest = count <= 8 ? lines : 8 * mean;
  // Cell (end, used): the first `end` lines in `used` segments.
  const auto cell = [&](std::size_t end, std::size_t used) { return end * (count + 1) + used; };
  std::vector<double> best((lines + 1) * (count + 1), never);
  std::vector<std::uint32_t> from(best.size(), 0);
  std::vector<double> row;
  best[cell(0, 0)] = 0;
  for (std::size_t first = 0; first < lines; ++first) {
    context.check();
    const auto used_last = std::min(first, count - 1);
    each_segment(cohesion, evidence, first, longest, row, [&](std::size_t end, double score) {
      for (std::size_t used = 0; used <= used_last; ++used) {
        const double total = best[cell(first, used)] + score;
        if (total > best[cell(end, used + 1)]) {
          best[cell(end, used + 1)] = total;
          from[cell(end, used + 1)] = static_cast<std::uint32_t>(first);
        }
      }
    });
  }
  std::vector<std::size_t> boundaries(count - 1);
  auto end = lines;
  for (auto used = count; used > 1; --used) boundaries[used - 2] = end = from[cell(end, used)];
  return boundaries;
}

}  // namespace reelwright::language

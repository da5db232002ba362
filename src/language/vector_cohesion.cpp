#include "language/vector_cohesion.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "language/vectors.h"

namespace reelwright::language {

namespace {

constexpr double least_ratio = 0.02;
constexpr double least_variance = 1e-6;

/// The squared distance of neighbours that both say something, halved: what lines of one topic differ by.
double variance_of_neighbours(const Embeddings& lines, const std::vector<double>& squares) {
  double sum = 0;
  double pairs = 0;
  for (std::size_t i = 1; i < lines.texts; ++i) {
    if (squares[i - 1] == 0 || squares[i] == 0) continue;
    sum += (squares[i - 1] + squares[i]) / 2 - dot(lines[i - 1], lines[i]);
    ++pairs;
  }
  return pairs > 0 ? sum / pairs : 0;
}

}  // namespace

VectorCohesion::VectorCohesion(const Embeddings& lines) : lines_(lines), squares_(lines.texts) {
  std::vector<double> mean(lines.width);
  double telling = 0;
  for (std::size_t i = 0; i < lines.texts; ++i) {
    squares_[i] = dot(lines[i], lines[i]);
    if (says_nothing(i)) continue;
    ++telling;
    for (std::size_t k = 0; k < lines.width; ++k) mean[k] += lines[i][k];
  }
  const double neighbours = variance_of_neighbours(lines, squares_);
  double total = 0;
  for (std::size_t i = 0; i < lines.texts; ++i) {
    if (says_nothing(i)) continue;
    for (std::size_t k = 0; k < lines.width; ++k)
      lines_.values[i * lines.width + k] -= static_cast<float>(mean[k] / telling);
    total += dot(lines_[i], lines_[i]) / telling;
  }
  within_ = std::max(std::min(neighbours, total), least_variance);
  ratio_ = std::max((total - within_) / within_, least_ratio);
}

void VectorCohesion::from(std::size_t first, std::size_t longest, std::vector<double>& out) {
  const auto end = std::min(lines_.texts, first + longest);
  out.assign(1, 0.0);
  std::vector<float> sum(lines_.width);
  double square = 0;  // of the sum's length
  double count = 0;
  for (auto line = first; line < end; ++line) {
    if (!says_nothing(line)) {
      const auto vector = lines_[line];
      square += 2 * dot(sum, vector) + dot(vector, vector);
      std::ranges::transform(sum, vector, sum.begin(), std::plus{});
      ++count;
    }
    const double shrink = 1 + count * ratio_;
    out.push_back(dimensions / 2 * (ratio_ * square / (within_ * shrink) - std::log(shrink)));
  }
}

}  // namespace reelwright::language

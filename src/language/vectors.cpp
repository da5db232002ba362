#include "language/vectors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace reelwright::language {

double dot(std::span<const float> a, std::span<const float> b) {
  // Several sums side by side: the compiler may not change the order of additions, and one sum would wait for
  // itself at every step.
  constexpr std::size_t lanes = 16;
  std::array<float, lanes> sums{};
  std::size_t i = 0;
  for (; i + lanes <= a.size(); i += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  for (; i < a.size(); ++i) sums[i % lanes] += a[i] * b[i];
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

double cosine(std::span<const float> a, std::span<const float> b) {
  const double squares = dot(a, a) * dot(b, b);
  return squares > 0 ? dot(a, b) / std::sqrt(squares) : 0;
}

}  // namespace reelwright::language

#include "language/cohesion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace reelwright::language {
namespace {

StemCounts counts_of(std::vector<std::vector<std::uint32_t>> lines) {
  StemCounts counts{std::move(lines), {}, 0};
  for (const auto& line : counts.lines) {
    for (const auto id : line) {
      if (id >= counts.frequency.size()) counts.frequency.resize(id + 1, 0);
      ++counts.frequency[id];
      ++counts.total;
    }
  }
  return counts;
}

/// The closed form of the Dirichlet compound multinomial, by gamma functions.
double closed_form(const StemCounts& counts, std::size_t from, std::size_t to) {
  std::map<std::uint32_t, double> in_run;
  double words = 0;
  for (auto i = from; i < to; ++i) {
    for (const auto id : counts.lines[i]) ++in_run[id], ++words;
  }
  const auto types = static_cast<double>(counts.frequency.size());
  double sum = std::lgamma(2 * types) - std::lgamma(2 * types + words);
  for (const auto [id, count] : in_run) {
    const double prior = 1 + types * counts.frequency[id] / static_cast<double>(counts.total);
    sum += std::lgamma(prior + count) - std::lgamma(prior);
  }
  return sum;
}

TEST(WordCohesion, IsTheDirichletCompoundMultinomial) {
  const auto counts = counts_of({{0, 1, 0}, {}, {2, 0, 3}, {3, 3}});
  WordCohesion cohesion(counts);
  std::vector<double> row;
  for (std::size_t first = 0; first < counts.lines.size(); ++first) {
    cohesion.from(first, 99, row);
    ASSERT_EQ(row.size(), counts.lines.size() - first + 1);
    for (std::size_t n = 0; n < row.size(); ++n)
      EXPECT_NEAR(row[n], closed_form(counts, first, first + n), 1e-9);
  }
}

TEST(WordCohesion, StopsAtTheLongestRun) {
  const auto counts = counts_of({{0}, {1}, {0}, {1}});
  WordCohesion cohesion(counts);
  std::vector<double> row;
  cohesion.from(1, 2, row);
  EXPECT_EQ(row.size(), 3U);
}

TEST(CountStems, CountsFormsOfOneWordTogether) {
  const auto counts = count_stems({{"Cats chase mice.", {}, {}}, {"The cat sleeps.", {}, {}}}, Lexer());
  EXPECT_EQ(counts.total, 5U);
  EXPECT_EQ(counts.lines[0][0], counts.lines[1][0]);
  EXPECT_EQ(counts.frequency[counts.lines[0][0]], 2U);
}

}  // namespace
}  // namespace reelwright::language

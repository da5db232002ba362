#include "language/vector_cohesion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "language/vectors.h"

namespace reelwright::language {
namespace {

/// As wide as the model takes vectors to be, so that each number is a dimension of it.
constexpr auto width = static_cast<std::size_t>(VectorCohesion::dimensions);

Embeddings two_topics() {
  std::mt19937 random(3);
  std::normal_distribution<float> noise(0, 0.3F);
  Embeddings lines{.texts = 8, .width = width};
  for (std::size_t line = 0; line < lines.texts; ++line)
    for (std::size_t i = 0; i < width; ++i)
      lines.values.push_back((line < 4) == (i % 2 == 0) ? 1 + noise(random) : noise(random));
  return lines;
}

double normal(double x, double mean, double variance) {
  return std::exp(-(x - mean) * (x - mean) / (2 * variance)) / std::sqrt(2 * M_PI * variance);
}

/// log of (all of `values` around one centre, whatever it is, over all around 0), by summing up over centres.
double by_integration(const std::vector<double>& values, double within, double between) {
  const double step = std::sqrt(std::min(within, between)) / 200;
  double sum = 0;
  for (double centre = -8; centre < 8; centre += step) {
    double product = normal(centre, 0, between) * step;
    for (const double value : values) product *= normal(value, centre, within) / normal(value, 0, within);
    sum += product;
  }
  return std::log(sum);
}

TEST(VectorCohesion, IsTheIntegralOverAllCentresOfATopic) {
  const Embeddings lines = two_topics();
  std::vector<double> mean(width);
  for (std::size_t line = 0; line < 8; ++line)
    for (std::size_t i = 0; i < width; ++i) mean[i] += lines[line][i] / 8;
  double within = 0;
  double total = 0;
  for (std::size_t line = 0; line < 8; ++line)
    for (std::size_t i = 0; i < width; ++i) {
      total += std::pow(lines[line][i] - mean[i], 2) / 8;
      if (line > 0) within += std::pow(lines[line][i] - lines[line - 1][i], 2) / 2 / 7;
    }
  VectorCohesion cohesion(lines);
  std::vector<double> row;
  for (const std::size_t first : {0UZ, 2UZ, 7UZ}) {
    cohesion.from(first, 99, row);
    ASSERT_EQ(row.size(), 8 - first + 1);
    EXPECT_EQ(row[0], 0);
    for (std::size_t length = 1; length < row.size(); ++length) {
      double expected = 0;
      for (std::size_t i = 0; i < width; ++i) {
        std::vector<double> values;
        for (std::size_t line = first; line < first + length; ++line)
          values.push_back(lines[line][i] - mean[i]);
        expected += by_integration(values, within / width, (total - within) / width);
      }
      EXPECT_NEAR(row[length], expected, 1e-3 * std::abs(expected) + 1e-3) << first << " " << length;
    }
  }
}

TEST(VectorCohesion, ARunOfOneTopicHoldsTogetherBest) {
  VectorCohesion cohesion(two_topics());
  std::vector<double> row;
  cohesion.from(0, 99, row);
  EXPECT_EQ(std::ranges::max_element(row) - row.begin(), 4);
  cohesion.from(0, 3, row);
  EXPECT_EQ(row.size(), 4U) << "stops at the longest run";
}

TEST(VectorCohesion, LinesThatSayNothingBindNothing) {
  Embeddings lines = two_topics();
  std::fill_n(lines.values.begin() + 2 * width, width, 0.0F);
  VectorCohesion cohesion(lines);
  std::vector<double> row;
  cohesion.from(0, 99, row);
  EXPECT_EQ(row[3], row[2]);
  EXPECT_NE(row[4], row[3]);
}

TEST(VectorCohesion, NothingSaidAtAllIsNoTrouble) {
  std::vector<double> row;
  VectorCohesion({.texts = 3, .width = 0}).from(0, 9, row);
  EXPECT_EQ(row, std::vector<double>(4, 0.0));
  VectorCohesion({.texts = 2, .width = 2, .values = {1, 0, 1, 0}}).from(0, 9, row);
  for (const double value : row) EXPECT_TRUE(std::isfinite(value));
}

}  // namespace
}  // namespace reelwright::language

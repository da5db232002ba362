#include "language/evidence.h"

#include <gtest/gtest.h>

#include <numeric>

namespace reelwright::language {
namespace {

Line spoken(std::string text, double start, double end, std::string speaker = "A") {
  return {std::move(text), core::Span{core::from_seconds(start), core::from_seconds(end)},
          std::move(speaker)};
}

TEST(BoundaryEvidence, HasMeanZero) {
  const auto evidence = boundary_evidence(
      {spoken("Okay, let's move on.", 0, 1), spoken("Yeah.", 1, 2), spoken("It is so.", 5, 6)}, Lexer());
  EXPECT_NEAR(std::accumulate(evidence.begin(), evidence.end(), 0.0), 0, 1e-12);
  EXPECT_EQ(evidence[0], 0);
}

TEST(BoundaryEvidence, CuePhrasesSpeakForABoundary) {
  const auto evidence = boundary_evidence(
      {spoken("We sold nine of them.", 0, 1), spoken("He paid for all of these.", 1, 2),
       spoken("Okay, let's turn to the next point.", 2, 3), spoken("That is the price list here.", 3, 4)},
      Lexer());
  EXPECT_GT(evidence[2], evidence[1] + 1);
  EXPECT_GT(evidence[2], evidence[3] + 1);
}

TEST(BoundaryEvidence, PausesAndSpeakersCountInEveryLanguage) {
  const std::vector<Line> lines = {spoken("eins zwei drei", 0, 1), spoken("eins zwei drei", 1, 2),
                                   spoken("eins zwei drei", 6, 7), spoken("eins zwei drei", 7, 8, "B")};
  const auto evidence = boundary_evidence(lines, Lexer("de"));
  EXPECT_GT(evidence[2], evidence[1]);
  EXPECT_GT(evidence[3], evidence[1]);
}

TEST(BoundaryEvidence, ProseHasNone) {
  const std::vector<Line> prose = {{"The first ship sailed at dawn.", {}, {}},
                                   {"Next came the barges, and finally the king.", {}, {}},
                                   {"Nobody on the shore had expected it.", {}, {}}};
  for (const double value : boundary_evidence(prose, Lexer())) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace reelwright::language

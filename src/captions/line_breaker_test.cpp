#include "captions/line_breaker.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelwright::captions {
namespace {

// Pieces as wide as their text, in lines of at most `width` columns with spaces of one.
std::vector<Piece> pieces(const std::vector<std::string>& words) {
  std::vector<Piece> made;
  for (const std::string& word : words) {
    Piece piece;
    piece.word.text = word;
    piece.width = static_cast<double>(word.size());
    made.push_back(piece);
  }
  return made;
}

using Ends = std::vector<std::size_t>;

TEST(BreakLines, WhatFitsStaysOnOneLine) {
  const auto lines = break_lines(pieces({"one", "two"}), 1, 7, 2);
  ASSERT_TRUE(lines);
  EXPECT_EQ(lines->ends, Ends{2});
  EXPECT_EQ(lines->badness, 0);
}

TEST(BreakLines, TheSpaceCountsToo) {
  EXPECT_EQ(break_lines(pieces({"one", "two"}), 1, 6.9, 2)->ends, (Ends{1, 2}));
  auto joined = pieces({"one", "two"});
  joined[1].word.space_before = false;
  EXPECT_EQ(break_lines(joined, 1, 6, 2)->ends, Ends{2});
}

TEST(BreakLines, LinesComeOutEven) {
  // Greedy would give "aaaa bbbb cccc / dd".
  EXPECT_EQ(break_lines(pieces({"aaaa", "bbbb", "cccc", "dd"}), 1, 14, 2)->ends, (Ends{2, 4}));
}

TEST(BreakLines, AWeakWordOrAForbiddenPlaceEndsNoLine) {
  auto words = pieces({"aaa", "bbb", "the", "ccc", "ddd", "eee"});
  EXPECT_EQ(break_lines(words, 1, 15, 2)->ends.front(), 3U) << "the most even";
  words[2].is_weak = true;
  EXPECT_NE(break_lines(words, 1, 15, 2)->ends.front(), 3U);
  auto numbers = pieces({"aaaa", "bbbb", "cccc", "dddd"});
  numbers[1].may_break = false;
  EXPECT_NE(break_lines(numbers, 1, 14, 2)->ends.front(), 2U);
}

TEST(BreakLines, TooFewLinesAreNoAnswer) {
  EXPECT_FALSE(break_lines(pieces({"aaaa", "bbbb", "cccc"}), 1, 5, 2));
  EXPECT_TRUE(break_lines(pieces({"aaaa", "bbbb", "cccc"}), 1, 5, 3));
}

TEST(BreakLines, AWordWiderThanTheLineStandsAlone) {
  EXPECT_EQ(break_lines(pieces({"a", "bbbbbbbbbbbb", "c"}), 1, 5, 3)->ends, (Ends{1, 2, 3}));
}

}  // namespace
}  // namespace reelwright::captions

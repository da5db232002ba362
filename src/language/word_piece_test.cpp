#include "language/word_piece.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::language {
namespace {

using ::testing::ElementsAre;

const TokenNumbers vocabulary{{"[UNK]", 0},  {"[CLS]", 1}, {"[SEP]", 2}, {"want", 3},
                              {"##want", 4}, {"##ed", 5},  {"wa", 6},    {"un", 7},
                              {"runn", 8},   {"##ing", 9}, {"##", 10},   {"ü", 11},
                              {"##ber", 12}, {"##b", 13},  {"#", 14},    {"[PAD]", 15}};

std::vector<std::int64_t> pieces(std::string_view word) {
  std::vector<std::int64_t> numbers;
  WordPiece(vocabulary).split(word, numbers);
  return numbers;
}

TEST(WordPiece, TakesTheLongestPieceFromTheLeft) {
  EXPECT_THAT(pieces("unwanted"), ElementsAre(7, 4, 5));
  EXPECT_THAT(pieces("wanted"), ElementsAre(3, 5));
  EXPECT_THAT(pieces("running"), ElementsAre(8, 9));
  EXPECT_THAT(pieces("want"), ElementsAre(3));
  EXPECT_THAT(pieces("über"), ElementsAre(11, 12));
  EXPECT_THAT(pieces("üb"), ElementsAre(11, 13));
}

TEST(WordPiece, OneUnknownPieceMakesTheWholeWordUnknown) {
  EXPECT_THAT(pieces("unwantedX"), ElementsAre(0));
  EXPECT_THAT(pieces("waing?"), ElementsAre(0));
  EXPECT_THAT(pieces("ed"), ElementsAre(0));  // stands within words alone
  EXPECT_THAT(pieces("中"), ElementsAre(0));
}

TEST(WordPiece, NothingHasNoPieces) { EXPECT_THAT(pieces(""), ElementsAre()); }

TEST(WordPiece, OnlyThisWordIsUnknown) {
  std::vector<std::int64_t> numbers{1, 3};
  WordPiece(vocabulary).split("unX", numbers);
  EXPECT_THAT(numbers, ElementsAre(1, 3, 0));
}

TEST(WordPiece, WordsOfOver100LettersAreUnknown) {
  TokenNumbers letters{{"[UNK]", 0}, {"[CLS]", 1}, {"[SEP]", 2}, {"ä", 3}, {"##ä", 4}};
  const WordPiece known(letters);
  const auto word = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "ä";
    return text;
  };
  std::vector<std::int64_t> numbers;
  known.split(word(100), numbers);
  EXPECT_EQ(numbers.size(), 100U);
  numbers.clear();
  known.split(word(101), numbers);
  EXPECT_THAT(numbers, ElementsAre(0));
}

TEST(WordPiece, KnowsTheSpecialNumbers) {
  const WordPiece known(vocabulary);
  EXPECT_EQ(known.cls(), 1);
  EXPECT_EQ(known.sep(), 2);
  EXPECT_EQ(known.pad(), 15);
  EXPECT_EQ(known.last(), 15);
}

TEST(WordPiece, RefusesAVocabularyWithoutThem) {
  EXPECT_THROW(WordPiece({{"[UNK]", 0}, {"[CLS]", 1}}), core::Error);
  EXPECT_THROW(WordPiece(TokenNumbers{}), core::Error);
  EXPECT_THROW(WordPiece({{"[UNK]", 0}, {"[CLS]", 1}, {"[SEP]", 2}, {"a", -1}}), core::Error);
}

}  // namespace
}  // namespace reelwright::language

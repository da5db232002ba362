#include "language/lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::language {
namespace {

using testing::ElementsAre;

std::vector<std::string> lower(const Lexer& lexer, std::string_view text) {
  std::vector<std::string> words;
  for (const auto& token : lexer.tokens(text)) words.push_back(token.lower);
  return words;
}

TEST(Lexer, FindsWordsAndNumbersWithoutPunctuation) {
  EXPECT_THAT(lower(Lexer(), "Well, the U.N. paid 3.5 million; don't ask -- \"Why?\""),
              ElementsAre("well", "the", "u.n", "paid", "3.5", "million", "don't", "ask", "why"));
}

TEST(Lexer, TokensPointIntoTheText) {
  const std::string text = "Ein Größerer [Musik] Tag";
  const auto tokens = Lexer("de").tokens(text);
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(tokens[1].lower, "größerer");
  EXPECT_EQ(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), "Größerer");
  EXPECT_EQ(text.substr(tokens[2].begin, tokens[2].end - tokens[2].begin), "Tag");
}

TEST(Lexer, TypographicApostropheIsAPlainOne) { EXPECT_THAT(lower(Lexer(), "Let’s"), ElementsAre("let's")); }

TEST(Lexer, SkipsRemarksButNotWhatFollowsALoneBracket) {
  EXPECT_THAT(lower(Lexer(), "{vocalsound} yes [laughs] no"), ElementsAre("yes", "no"));
  EXPECT_THAT(lower(Lexer(), "a [ lone bracket"), ElementsAre("a", "lone", "bracket"));
}

TEST(Lexer, ContentStemsLeaveOutFunctionWordsAndJoinForms) {
  EXPECT_THAT(Lexer().content_stems("I don't think they're connecting the connected connections."),
              ElementsAre("connect", "connect", "connect"));
}

TEST(Lexer, OtherLanguagesHaveTheirOwnStemmer) {
  EXPECT_THAT(Lexer("de-AT").content_stems("Die Häuser, das Haus"), ElementsAre("haus", "haus"));
}

TEST(Lexer, UnknownLanguageKeepsWordsAsTheyAre) {
  EXPECT_THAT(Lexer("xx").content_stems("running runners"), ElementsAre("running", "runners"));
}

}  // namespace
}  // namespace reelwright::language

#include "language/bert_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::language {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr BertSpelling uncased;
constexpr BertSpelling cased{.lower_case = false, .without_accents = false};

TEST(BertWords, AreInLowerCaseWithoutAccents) {
  EXPECT_THAT(bert_words("Héllo WÖRLD", uncased), ElementsAre("hello", "world"));
  EXPECT_THAT(bert_words("İstanbul ΟΔΟΣ ß", uncased), ElementsAre("istanbul", "οδοσ", "ß"));
  EXPECT_THAT(bert_words("Héllo WÖRLD", cased), ElementsAre("Héllo", "WÖRLD"));
  EXPECT_THAT(bert_words("Héllo", {.lower_case = true, .without_accents = false}), ElementsAre("héllo"));
}

TEST(BertWords, SignsStandAlone) {
  EXPECT_THAT(bert_words("Don't!? e-mail", uncased),
              ElementsAre("don", "'", "t", "!", "?", "e", "-", "mail"));
  EXPECT_THAT(bert_words("$5 + 3^2 `x|y~", uncased),
              ElementsAre("$", "5", "+", "3", "^", "2", "`", "x", "|", "y", "~"));
  EXPECT_THAT(bert_words("“quoted” – yes…", uncased), ElementsAre("“", "quoted", "”", "–", "yes", "…"));
  EXPECT_THAT(bert_words("5€ ½", uncased),
              ElementsAre("5€", "½"));  // symbols beyond ASCII are no punctuation
}

TEST(BertWords, ChineseCharactersStandAlone) {
  EXPECT_THAT(bert_words("ah博推zz", uncased), ElementsAre("ah", "博", "推", "zz"));
  EXPECT_THAT(bert_words("\U00020000x", uncased), ElementsAre("\U00020000", "x"));
  EXPECT_THAT(bert_words("カタカナ", cased), ElementsAre("カタカナ"));
}

TEST(BertWords, WhatIsUnseenIsDropped) {
  EXPECT_THAT(bert_words("a\x01\x02"
                         "b \u200D \uFFFD\tc\u2028"
                         "d",
                         uncased),
              ElementsAre("ab", "c", "d"));
  EXPECT_THAT(bert_words("\xFF\xFE", uncased), IsEmpty());
  EXPECT_THAT(bert_words("", uncased), IsEmpty());
  EXPECT_THAT(bert_words(" \n\t\u3000 ", uncased), IsEmpty());
}

}  // namespace
}  // namespace reelwright::language

#include "speech/ctc_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// As said, words with a bar between; the written word's number before each.
std::vector<std::string> said(std::string_view language, const std::vector<std::string>& written) {
  std::vector<std::string> words;
  for (const SpokenWord& word : spoken_in(language, written))
    words.push_back(std::to_string(word.token) + word.text);
  return words;
}

TEST(CtcTextTest, SaysNumbersInTheWordsOfTheLanguage) {
  EXPECT_THAT(said("de", {"Um", "22", "Uhr"}), ElementsAre("0um", "1zweiundzwanzig", "2uhr"));
  EXPECT_THAT(said("fr-CA", {"80"}), ElementsAre("0quatre", "0vingts"));
  EXPECT_THAT(said("es", {"7€"}), ElementsAre("0siete"));
  EXPECT_THAT(said("de", {"COVID19"}), ElementsAre("0covid", "0neunzehn"));
  EXPECT_THAT(said("ar", {"٣"}), ElementsAre("0ثلاثة"));
}

TEST(CtcTextTest, KeepsLettersMarksAndApostrophesOfAnyScript) {
  EXPECT_THAT(said("fr", {"L’été,", "«déjà»"}), ElementsAre("0l'été", "1déjà"));
  EXPECT_THAT(said("ru", {"Привет!", "мир"}), ElementsAre("0привет", "1мир"));
  EXPECT_THAT(said("de", {"E-Mail"}), ElementsAre("0e", "0mail"));
  EXPECT_THAT(said("fr", {"e\u0301te\u0301"}), ElementsAre("0été"));  // joined with their letters
}

TEST(CtcTextTest, WhatHasNoSoundGivesNoWord) {
  EXPECT_THAT(said("de", {"—", "🎉", "''", "\x01\xff", ""}), IsEmpty());
}

TEST(CtcTextTest, ReadsEnglishOut) {
  EXPECT_THAT(said("en", {"In", "1984"}), ElementsAre("0in", "1nineteen", "1eighty", "1four"));
  EXPECT_THAT(said("", {"$5"}), ElementsAre("0five", "0dollars"));
}

TEST(CtcTextTest, HugeTokensStayWithinBounds) {
  EXPECT_LE(said("de", {std::string(100'000, '9')}).size(), 64U);
  std::string dashes;
  for (int i = 0; i < 10'000; ++i) dashes += "a-";
  EXPECT_LE(said("de", {dashes}).size(), 64U);
}

TEST(CtcTextTest, SpellsWithWildcardsForLettersThatTheModelLacks) {
  const CtcVocabulary vocabulary(R"({"<pad>":0,"|":1,"A":2,"B":3})");
  std::vector<std::size_t> owners;
  const auto tokens = spell(std::vector<SpokenWord>{{"abж", 0}, {"b", 1}}, vocabulary, owners);
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_EQ(tokens[0].label, 2);
  EXPECT_TRUE(tokens[0].begins_word);
  EXPECT_EQ(tokens[1].label, 3);
  EXPECT_FALSE(tokens[1].begins_word);
  EXPECT_EQ(tokens[2].label, CtcToken::wildcard);
  EXPECT_EQ(tokens[3].label, 3);
  EXPECT_TRUE(tokens[3].begins_word);
  EXPECT_THAT(owners, ElementsAre(0, 0, 0, 1));
}

}  // namespace
}  // namespace reelwright::speech

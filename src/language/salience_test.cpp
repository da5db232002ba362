#include "language/salience.h"

#include <gtest/gtest.h>

#include "language/stop_words.h"

namespace reelwright::language {
namespace {

std::vector<Sentence> talk(const std::vector<std::string>& texts) {
  std::vector<Sentence> sentences;
  for (const std::string& text : texts) {
    sentences.push_back(
        {.first_word = 0, .end_word = 0, .span = {}, .text = text, .speaker = {}, .closed = true});
  }
  return sentences;
}

TEST(Salience, APartIsAboutWhatTheRestDoesNotSay) {
  const Lexer lexer;
  const Salience salience(
      talk({"The bees dance in the hive.", "Bees dance for flowers in the hive.", "The hive sails a boat.",
            "The boat sails with the wind.", "The wind pulls the boat."}),
      lexer);
  const auto weights = salience.of(0, 2);
  EXPECT_GT(weights.at(lexer.stem("bees")), weights.at(lexer.stem("hive"))) << "hive stands elsewhere too";
  EXPECT_GT(weights.at(lexer.stem("bees")), weights.at(lexer.stem("flowers"))) << "said more often";
  EXPECT_FALSE(weights.contains(lexer.stem("boat"))) << "not said here";
  EXPECT_FALSE(weights.contains("the"));
}

TEST(Salience, OfAWholeTalkTheMostSaidComesFirst) {
  const Lexer lexer;
  const Salience salience(talk({"Bread, bread and again bread.", "Some dough."}), lexer);
  const auto weights = salience.of(0, 2);
  EXPECT_GT(weights.at("bread"), weights.at("dough"));
  for (const auto& [stem, weight] : weights) EXPECT_GE(weight, 0) << stem;
}

TEST(Salience, KnowsEachWordAndWhichSayNothing) {
  const Lexer lexer;
  const Salience salience(talk({"The bees danced."}), lexer);
  const auto& terms = salience.terms(0);
  ASSERT_EQ(terms.size(), 3U);
  EXPECT_EQ(terms[0].stem, "") << "a stop word";
  EXPECT_EQ(terms[1].token.lower, "bees");
  EXPECT_EQ(terms[2].stem, lexer.stem("dancing"));
}

TEST(Salience, OfNothingIsNothing) {
  const Lexer lexer;
  EXPECT_TRUE(Salience(talk({"And so on."}), lexer).of(0, 0).empty());
}

TEST(StopWords, FunctionWordsAndFillersSayNothing) {
  for (const char* word : {"the", "and", "of", "is", "you", "um", "don"})
    EXPECT_TRUE(is_english_stop_word(word)) << word;
  for (const char* word : {"bread", "engine", "never-ending", "", "The"})
    EXPECT_FALSE(is_english_stop_word(word)) << word;
}

}  // namespace
}  // namespace reelwright::language

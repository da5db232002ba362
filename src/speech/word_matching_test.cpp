#include "speech/word_matching.h"

#include <gtest/gtest.h>

#include <sstream>

namespace reelwright::speech {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

void expect_rising(const std::vector<WordMatch>& matches) {
  for (std::size_t i = 1; i < matches.size(); ++i) {
    EXPECT_LT(matches[i - 1].heard, matches[i].heard);
    EXPECT_LT(matches[i - 1].text, matches[i].text);
  }
}

TEST(MatchWords, FindsAllOfWhatWasHeardRight) {
  const auto words = split("the quick brown fox jumps over the lazy elephants");
  const auto matches = match_words(words, words);
  ASSERT_EQ(matches.size(), words.size());
  for (std::size_t i = 0; i < words.size(); ++i) EXPECT_EQ(matches[i], (WordMatch{i, i}));
}

TEST(MatchWords, StepsOverMistakes) {
  const auto heard = split("the quick brown box jumps over our lazy elephants");
  const auto text = split("the quick brown fox jumps right over the lazy elephants");
  const auto matches = match_words(heard, text);
  expect_rising(matches);
  EXPECT_EQ(matches.front(), (WordMatch{0, 0}));
  EXPECT_EQ(matches.back(), (WordMatch{8, 9}));
  for (const auto& match : matches) EXPECT_EQ(heard[match.heard], text[match.text]);
}

TEST(MatchWords, TakesNoChanceMatches) {
  EXPECT_TRUE(match_words(split("the price of oil went up in the summer"),
                          split("a king of the hill had two of the dogs"))
                  .empty());
}

TEST(MatchWords, IsEmptyForNothing) {
  EXPECT_TRUE(match_words({}, split("some words")).empty());
  EXPECT_TRUE(match_words(split("some words"), {}).empty());
}

TEST(MatchWords, MatchesLongTextsWithHolesAndInsertions) {
  std::vector<std::string> text;
  std::uint32_t random = 3;
  for (int i = 0; i < 30000; ++i) {
    random = random * 1664525U + 1013904223U;
    text.push_back("word" + std::string(1, static_cast<char>('a' + (random >> 16U) % 26)) +
                   std::to_string((random >> 8U) % 500));
  }
  std::vector<std::string> heard;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i / 1000 == 7) continue;  // a thousand words were not said
    heard.push_back(i % 4 == 3 ? "mistake" : text[i]);
    if (i == 20000) heard.insert(heard.end(), 2000, "extra");
  }
  const auto matches = match_words(heard, text);
  expect_rising(matches);
  EXPECT_GT(matches.size(), 29000U * 3 / 4 * 95 / 100);
  for (const auto& match : matches) EXPECT_EQ(heard[match.heard], text[match.text]);
}

TEST(MatchWords, GivesUpOnLongTextsWithoutAnythingUnique) {
  const std::vector<std::string> same(100'000, "again");
  EXPECT_TRUE(match_words(same, same).empty());
}

}  // namespace
}  // namespace reelwright::speech

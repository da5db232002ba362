#include "speech/normalise.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace reelwright::speech {
namespace {

// Stands in for the dictionary: the words of these tests that a dictionary has.
bool known(const std::string& word) {
  static const std::set<std::string> words = {
      "the",  "a",       "i",     "is",   "and",   "or",     "it",    "us",      "nasa",
      "open", "street",  "don't", "rock", "roll",  "people", "smith", "example", "cafe",
      "war",  "chapter", "world", "well", "known", "git",    "hub",   "smith's", "dog"};
  return words.contains(word);
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> tokens;
  for (std::string token; stream >> token;) tokens.push_back(token);
  return tokens;
}

std::string read_out(const std::string& text) {
  std::string spoken;
  for (const SpokenWord& word : spoken_words(split(text), known))
    spoken += (spoken.empty() ? "" : " ") + word.text;
  return spoken;
}

struct Case {
  const char* written;
  const char* spoken;
};

class Normalise : public ::testing::TestWithParam<Case> {};

TEST_P(Normalise, ReadsOut) {
  EXPECT_EQ(read_out(GetParam().written), GetParam().spoken) << GetParam().written;
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, Normalise,
    ::testing::Values(
        Case{"0", "zero"}, Case{"7", "seven"}, Case{"21", "twenty one"}, Case{"100", "one hundred"},
        Case{"342", "three hundred forty two"}, Case{"1,234", "one thousand two hundred thirty four"},
        Case{"1,000,000", "one million"}, Case{"3.14", "three point one four"},
        Case{"0.5", "zero point five"}, Case{"007", "zero zero seven"}, Case{"10-20", "ten to twenty"},
        Case{"1,2", "one two"}, Case{"5000000000", "five billion"},
        Case{"12345678901234567",
             "one two three four five six seven eight nine zero one two three four five six seven"}));

INSTANTIATE_TEST_SUITE_P(Years, Normalise,
                         ::testing::Values(Case{"1455", "fourteen fifty five"},
                                           Case{"1905", "nineteen oh five"}, Case{"1900", "nineteen hundred"},
                                           Case{"2000", "two thousand"}, Case{"2009", "two thousand nine"},
                                           Case{"2024", "twenty twenty four"},
                                           Case{"1990s", "nineteen nineties"}, Case{"'90s", "nineties"},
                                           Case{"1,455", "one thousand four hundred fifty five"},
                                           Case{"1914-18", "nineteen fourteen to eighteen"},
                                           Case{"3000", "three thousand"}));

INSTANTIATE_TEST_SUITE_P(Ordinals, Normalise,
                         ::testing::Values(Case{"1st", "first"}, Case{"2nd", "second"}, Case{"3rd", "third"},
                                           Case{"12th", "twelfth"}, Case{"20th", "twentieth"},
                                           Case{"21st", "twenty first"}, Case{"100th", "one hundredth"},
                                           Case{"45th", "forty fifth"}));

INSTANTIATE_TEST_SUITE_P(Money, Normalise,
                         ::testing::Values(Case{"$5", "five dollars"}, Case{"$1", "one dollar"},
                                           Case{"$5.50", "five dollars and fifty cents"},
                                           Case{"$1,200", "one thousand two hundred dollars"},
                                           Case{"$5 million", "five million dollars"},
                                           Case{"$3.5 billion,", "three point five billion dollars"},
                                           Case{"$5m", "five million dollars"}, Case{"£20", "twenty pounds"},
                                           Case{"€99.00", "ninety nine euros"},
                                           Case{"¥500", "five hundred yen"}, Case{"$", "dollars"}));

INSTANTIATE_TEST_SUITE_P(Measures, Normalise,
                         ::testing::Values(Case{"50%", "fifty percent"},
                                           Case{"3.5%", "three point five percent"},
                                           Case{"5kg", "five kilograms"}, Case{"5 kg", "five kilograms"},
                                           Case{"120km/h", "one hundred twenty kilometers per hour"},
                                           Case{"20°C", "twenty degrees celsius"},
                                           Case{"16 GB", "sixteen gigabytes"},
                                           Case{"60fps", "sixty frames per second"},
                                           Case{"10k", "ten thousand"}, Case{"6 ft.", "six feet"}));

INSTANTIATE_TEST_SUITE_P(Times, Normalise,
                         ::testing::Values(Case{"3:30", "three thirty"}, Case{"3:05", "three oh five"},
                                           Case{"10:00", "ten"}, Case{"14:00", "fourteen hundred"},
                                           Case{"9:15am", "nine fifteen a m"}, Case{"5pm", "five p m"},
                                           Case{"5 p.m.", "five p m"}));

INSTANTIATE_TEST_SUITE_P(Abbreviations, Normalise,
                         ::testing::Values(Case{"Dr. Smith", "doctor smith"}, Case{"Mr.", "mister"},
                                           Case{"etc.", "et cetera"}, Case{"e.g.", "for example"},
                                           Case{"no. 5", "number five"}, Case{"no.", "no"},
                                           Case{"Co.", "company"}, Case{"vs.", "versus"},
                                           Case{"Ph.D.", "p h d"}));

INSTANTIATE_TEST_SUITE_P(Acronyms, Normalise,
                         ::testing::Values(Case{"NASA", "nasa"}, Case{"BBC", "b b c"}, Case{"US", "u s"},
                                           Case{"us", "us"}, Case{"U.S.", "u s"}, Case{"it", "it"},
                                           Case{"IT", "i t"}, Case{"PCs", "p c's"},
                                           Case{"OpenAI", "open a i"}, Case{"GitHub", "git hub"},
                                           Case{"MP3", "m p three"}, Case{"3D", "three d"},
                                           Case{"XKCD", "x k c d"}, Case{"A.B.C.", "a b c"}));

INSTANTIATE_TEST_SUITE_P(Signs, Normalise,
                         ::testing::Values(Case{"&", "and"}, Case{"rock & roll", "rock and roll"},
                                           Case{"+", "plus"}, Case{"#5", "number five"},
                                           Case{"#dog", "hashtag dog"}, Case{"and/or", "and or"},
                                           Case{"½", "one half"}, Case{"-", ""}, Case{"—", ""},
                                           Case{"...", ""}, Case{"?!", ""}, Case{"🎉", ""}));

INSTANTIATE_TEST_SUITE_P(Addresses, Normalise,
                         ::testing::Values(Case{"https://www.example.org/a-b",
                                                "w w w dot example dot org slash a dash b"},
                                           Case{"smith@example.com", "smith at example dot com"},
                                           Case{"example.io.", "example dot i o"}));

INSTANTIATE_TEST_SUITE_P(Words, Normalise,
                         ::testing::Values(Case{"Don’t", "don't"}, Case{"\"Smith's\"", "smith's"},
                                           Case{"well-known", "well known"}, Case{"café", "cafe"},
                                           Case{"(the", "the"}, Case{"dog.", "dog"},
                                           Case{"World War II", "world war two"},
                                           Case{"Chapter IX", "chapter nine"}, Case{"I", "i"},
                                           Case{"Straße", "strasse"}, Case{"ﬁne", "fine"}, Case{"привет", ""},
                                           Case{"你好", ""}));

TEST(SpokenWords, BelongToTheirTokens) {
  const std::vector<SpokenWord> expected = {
      {"five", 0}, {"million", 0}, {"dollars", 0}, {"and", 2}, {"dog", 4}};
  EXPECT_EQ(spoken_words(split("$5 million & — dog"), known), expected);
}

TEST(SpokenWords, AreAlwaysPronounceable) {
  std::uint32_t random = 7;
  std::vector<std::string> tokens;
  for (int i = 0; i < 20000; ++i) {
    std::string token;
    for (std::uint32_t length = random % 12; length > 0; --length) {
      random = random * 1664525U + 1013904223U;
      token += static_cast<char>(random >> 24U);  // any byte at all
    }
    random = random * 1664525U + 1013904223U;
    tokens.push_back(token);
  }
  tokens.push_back(std::string(100000, 'x'));
  tokens.push_back(std::string(100000, '9'));
  tokens.push_back(std::string(100000, '.'));
  tokens.push_back("$" + std::string(5000, ','));
  std::vector<int> per_token(tokens.size());
  for (const SpokenWord& word : spoken_words(tokens, known)) {
    EXPECT_FALSE(word.text.empty());
    EXPECT_LE(word.text.size(), 42U);
    EXPECT_EQ(word.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz'"), std::string::npos) << word.text;
    EXPECT_LE(++per_token[word.token], 64);
  }
}

}  // namespace
}  // namespace reelwright::speech

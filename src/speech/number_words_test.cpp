#include "speech/number_words.h"

#include <gtest/gtest.h>

#include <utility>

namespace reelwright::speech {
namespace {

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

using Table = std::vector<std::pair<const char*, const char*>>;

TEST(NumberWords, Cardinals) {
  for (const auto& [digits, words] : Table{{"0", "zero"},
                                           {"7", "seven"},
                                           {"12", "twelve"},
                                           {"20", "twenty"},
                                           {"21", "twenty one"},
                                           {"100", "one hundred"},
                                           {"115", "one hundred fifteen"},
                                           {"1000", "one thousand"},
                                           {"1234", "one thousand two hundred thirty four"},
                                           {"1000000", "one million"},
                                           {"2000003", "two million three"},
                                           {"40050", "forty thousand fifty"}})
    EXPECT_EQ(joined(cardinal_words(digits)), words) << digits;
}

TEST(NumberWords, WhatIsTooLongToCountIsReadDigitByDigit) {
  EXPECT_EQ(cardinal_words("1234567890123456").size(), 16U);
  EXPECT_EQ(joined(cardinal_words("1000000000000")), "one trillion");
}

TEST(NumberWords, Ordinals) {
  for (const auto& [digits, words] : Table{{"1", "first"},
                                           {"2", "second"},
                                           {"3", "third"},
                                           {"5", "fifth"},
                                           {"8", "eighth"},
                                           {"9", "ninth"},
                                           {"12", "twelfth"},
                                           {"20", "twentieth"},
                                           {"21", "twenty first"},
                                           {"100", "one hundredth"}})
    EXPECT_EQ(joined(ordinal_words(digits)), words) << digits;
}

TEST(NumberWords, DigitsKeepTheirZeros) { EXPECT_EQ(joined(digit_words("007")), "zero zero seven"); }

TEST(NumberWords, Years) {
  for (const auto& [digits, words] : Table{{"1905", "nineteen oh five"},
                                           {"1984", "nineteen eighty four"},
                                           {"1900", "nineteen hundred"},
                                           {"2000", "two thousand"},
                                           {"2009", "two thousand nine"},
                                           {"2012", "twenty twelve"}})
    EXPECT_EQ(joined(year_words(digits)), words) << digits;
}

TEST(NumberWords, AYearLiesBetween1100And2099) {
  for (const char* year : {"1100", "1999", "2099"}) EXPECT_TRUE(looks_like_year(year)) << year;
  for (const char* quantity : {"1099", "2100", "0999", "9999"}) EXPECT_FALSE(looks_like_year(quantity));
}

}  // namespace
}  // namespace reelwright::speech

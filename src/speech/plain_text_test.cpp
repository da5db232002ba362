#include "speech/plain_text.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "speech/language.h"

namespace reelwright::speech {
namespace {

TEST(PlainText, TypographyAndAccentsBecomeAscii) {
  EXPECT_EQ(plain("don\u2019t"), "don't");
  EXPECT_EQ(plain("\u201Cwell\u201D\u2014then"), "\"well\"-then");
  EXPECT_EQ(plain("na\u00EFve"), "naive");
  EXPECT_EQ(plain("\u0141\u00F3d\u017A stra\u00DFe"), "odzstrasse")
      << "what has no form is dropped, like spaces";
  EXPECT_EQ(plain("\uFB01ne \uFF21\uFF22"), "fineAB") << "ligatures and full width";
  EXPECT_EQ(plain("1\u20442"), "1/2");
}

TEST(PlainText, SignsThatAreReadOutStay) {
  EXPECT_EQ(plain("\u20AC5"), "\u20AC5");
  EXPECT_EQ(plain("20\u00B0"), "20\u00B0");
}

TEST(PlainText, WhatCannotBeSaidInAsciiIsDropped) {
  EXPECT_EQ(plain("\u4F60\u597D"), "");
  EXPECT_EQ(plain("a\U0001F600b"), "ab");
  EXPECT_EQ(plain(""), "");
  EXPECT_EQ(plain("\xFF\xFE"), "");
}

TEST(PlainText, LettersAreThoseOfAscii) {
  EXPECT_TRUE(is_letter('a') && is_letter('Z') && is_upper('Q') && is_lower('q') && is_digit('7'));
  EXPECT_FALSE(is_letter('1') || is_letter('\xE9') || is_upper('q') || is_lower('Q') || is_digit('a'));
  EXPECT_EQ(lower("MiXeD \xC3\x89"), "mixed \xC3\x89");
}

TEST(Language, EnglishHasManyNames) {
  for (const char* tag : {"en", "EN", "en-US", "en_GB", "eng", "English", ""})
    EXPECT_TRUE(is_english(tag)) << tag;
  for (const char* tag : {"de", "enm", "e", "zh-en"}) EXPECT_FALSE(is_english(tag)) << tag;
}

TEST(Language, AnotherIsRefusedWithAWayOut) {
  EXPECT_NO_THROW(require_english("en-AU"));
  try {
    require_english(std::string(1000, 'x'));
    FAIL() << "it was taken";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    EXPECT_LT(std::string_view(error.what()).size(), 250U)
        << "what a stranger wrote is not repeated at length";
    EXPECT_TRUE(std::string_view(error.what()).contains("transcript"));
  }
}

}  // namespace
}  // namespace reelwright::speech

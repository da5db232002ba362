#include "language/clean_text.h"

#include <gtest/gtest.h>

namespace reelwright::language {
namespace {

TEST(CleanText, KeepsWhatIsSeenAndOneBlankBetween) {
  EXPECT_EQ(clean_text("  two\t\n words \r\n", 100), "two words");
  EXPECT_EQ(clean_text("a\x01"
                       "b\x7F"
                       "c",
                       100),
            "abc");
  EXPECT_EQ(clean_text(std::string_view("a\0b", 3), 100), "ab");
  EXPECT_EQ(clean_text("zero\u200Bwidth \u202Eturned\u202C \uE000", 100), "zerowidth turned");
  EXPECT_EQ(clean_text("no\u00A0break", 100), "no break");
  EXPECT_EQ(clean_text("größer 中文 😀", 100), "größer 中文 😀");
}

TEST(CleanText, DropsBrokenBytes) {
  EXPECT_EQ(clean_text("a\xFF\xC3(b\xE4\xB8", 100), "a(b");
  EXPECT_EQ(clean_text("\xFF\xFE \xF0\x9F", 100), "");
}

TEST(CleanText, CutsBetweenCharacters) {
  EXPECT_EQ(clean_text("äää", 5), "ää");
  EXPECT_EQ(clean_text("ab cd", 3), "ab");
  EXPECT_EQ(clean_text(std::string(10'000'000, 'x'), 8000).size(), 8000U);
  EXPECT_EQ(clean_text("", 10), "");
}

}  // namespace
}  // namespace reelwright::language

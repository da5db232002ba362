#include "clips/slug.h"

#include <gtest/gtest.h>

namespace reelwright::clips {
namespace {

TEST(Slug, KeepsLettersAndDigitsOfAnyScriptAsAscii) {
  EXPECT_EQ(slug("Why 7 of 10 fail!"), "why-7-of-10-fail");
  EXPECT_EQ(slug("Don't  stop"), "dont-stop");
  EXPECT_EQ(slug("Über den Wölken"), "uber-den-wolken");
  EXPECT_EQ(slug("Привет мир"), "privet-mir");
}

TEST(Slug, IsSafeAsAFileName) {
  EXPECT_EQ(slug("../../etc/passwd"), "etc-passwd");
  EXPECT_EQ(slug(""), "clip");
  EXPECT_EQ(slug("\xF0\x9F\x98\x80"), "clip");
  EXPECT_EQ(slug(std::string("\xff\x00/", 3)), "clip");
}

TEST(Slug, EndsWithAWholeWord) {
  const auto cut = slug("the earliest book that was ever printed with movable types");
  EXPECT_EQ(cut, "the-earliest-book-that-was-ever-printed");
}

TEST(Slug, AWordTooLongForItIsCutWhereItMust) {
  EXPECT_EQ(slug(std::string(60, 'a')), std::string(40, 'a'));
  EXPECT_EQ(slug(std::string(40, 'a')), std::string(40, 'a'));
  EXPECT_EQ(slug(std::string(40, 'a') + " b"), std::string(40, 'a'));
}

TEST(Slug, NoDashStandsAtAnEndOrTwice) {
  EXPECT_EQ(slug(" - a -- b - "), "a-b");
  EXPECT_EQ(slug("---"), "clip");
}

}  // namespace
}  // namespace reelwright::clips

#include "captions/breaks.h"

#include <gtest/gtest.h>

namespace reelwright::captions {
namespace {

using Parts = std::vector<std::string>;

TEST(Breaks, AreAllowedAfterSpacesAndNotInsideWordsOrBeforePunctuation) {
  const std::string text = "Good morning , all";
  EXPECT_EQ(may_break_at(text, {5, 8, 13, 15}, "en"), (std::vector<bool>{true, false, false, true}));
}

TEST(Breaks, ScriptsWithoutSpacesHaveTheirDictionaries) {
  const std::string thai = "สวัสดีครับ";  // "hello" and a polite particle
  const std::size_t between = std::string("สวัสดี").size();
  EXPECT_EQ(may_break_at(thai, {3, between}, "th"), (std::vector<bool>{false, true}));
}

TEST(Breaks, ALongWordPartsAfterHyphensAndSlashes) {
  EXPECT_EQ(breakable_parts("mother-in-law"), (Parts{"mother-", "in-", "law"}));
  EXPECT_EQ(breakable_parts("and/or"), (Parts{"and/", "or"}));
  EXPECT_EQ(breakable_parts("unbreakable"), Parts{"unbreakable"});
}

TEST(Breaks, AReaderCountsWhatIsDrawnAsOneAsOne) {
  EXPECT_EQ(graphemes("abc").size(), 3U);
  EXPECT_EQ(graphemes("e\u0301a"), (Parts{"e\u0301", "a"})) << "a combining accent";
  EXPECT_EQ(graphemes("\U0001F468\u200D\U0001F469\u200D\U0001F467").size(), 1U) << "a family emoji";
  EXPECT_TRUE(graphemes("").empty());
}

}  // namespace
}  // namespace reelwright::captions

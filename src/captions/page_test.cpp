#include "captions/page.h"

#include <gtest/gtest.h>

#include "captions/layout.h"

namespace reelwright::captions {
namespace {

PageWord word(const char* text, bool space_before = true) {
  return {.text = text, .space_before = space_before};
}

TEST(Page, ReadsAsRunningTextWhereverItsLinesBreak) {
  const Page page{
      .span = {},
      .speaker = {},
      .lines = {{.words = {word("Over"), word("the")}}, {.words = {word("mother-"), word("in-law", false)}}}};
  EXPECT_EQ(page.lines[0].text(), "Over the");
  EXPECT_EQ(page.lines[1].text(), "mother-in-law") << "no space begins a line";
  EXPECT_EQ(page.text(), "Over the mother-in-law");
}

TEST(Page, AScriptWithoutSpacesGetsNone) {
  const Page page{.span = {}, .speaker = {}, .lines = {{.words = {word("你好"), word("世界", false)}}}};
  EXPECT_EQ(page.text(), "你好世界");
}

TEST(Page, WithoutLinesIsEmpty) { EXPECT_EQ(Page{}.text(), ""); }

TEST(Columns, AreThoseOfATerminal) {
  EXPECT_EQ(columns("abc"), 3);
  EXPECT_EQ(columns("漢字"), 4) << "wide letters take two";
  EXPECT_EQ(columns("e\u0301"), 1) << "an accent stands above its letter";
  EXPECT_EQ(columns(""), 0);
}

}  // namespace
}  // namespace reelwright::captions

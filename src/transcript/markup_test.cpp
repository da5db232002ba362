#include "transcript/markup.h"

#include <gtest/gtest.h>

namespace reelwright::transcript {
namespace {

// The plain text of a cue without word times.
std::string plain(std::string_view text) {
  const PlainCue cue = read_markup(text);
  EXPECT_EQ(cue.pieces.size(), 1U) << text;
  return cue.pieces.front().text;
}

TEST(ReadMarkup, TagsAndOverridesGoAndTheirTextStays) {
  EXPECT_EQ(plain("<i>Good</i> <c.loud.red>morning</c>"), "Good morning");
  EXPECT_EQ(plain("<font color=\"#fff\">Good</font>"), "Good");
  EXPECT_EQ(plain("{\\an8}Up {\\i1}here{\\i0}"), "Up here");
}

TEST(ReadMarkup, WhatOnlyLooksLikeATagStays) {
  EXPECT_EQ(plain("3 < 4 and 5 > 2"), "3 < 4 and 5 > 2");
  EXPECT_EQ(plain("I <3 you"), "I <3 you");
  EXPECT_EQ(plain("a {set} of"), "a {set} of");
  EXPECT_EQ(plain("<"), "<");
  EXPECT_EQ(plain("<never closed"), "<never closed");
}

TEST(ReadMarkup, EntitiesAreResolvedOnce) {
  EXPECT_EQ(plain("Tom &amp; Jerry &lt;3 &quot;x&quot; &#39;y&#39;"), "Tom & Jerry <3 \"x\" 'y'");
  EXPECT_EQ(plain("&amp;lt;"), "&lt;");
  EXPECT_EQ(plain("AT&T &unknown;"), "AT&T &unknown;");
}

TEST(ReadMarkup, TheVoiceIsTheSpeaker) {
  const PlainCue cue = read_markup("<v.loud Mary Ann>Hello</v>");
  EXPECT_EQ(cue.speaker, "Mary Ann");
  EXPECT_EQ(cue.pieces[0].text, "Hello");
  EXPECT_EQ(read_markup("<v Ann>Hello <v Bob>there").speaker, "Ann") << "the first";
  EXPECT_EQ(read_markup("Hello").speaker, "");
}

TEST(ReadMarkup, WordTimesPartThePieces) {
  const PlainCue cue = read_markup("Good <00:00:01.200><c>morning</c> <00:00:02.000>all");
  ASSERT_EQ(cue.pieces.size(), 3U);
  EXPECT_EQ(cue.pieces[0].start, std::nullopt);
  EXPECT_EQ(cue.pieces[0].text, "Good ");
  EXPECT_EQ(cue.pieces[1].start, std::chrono::milliseconds(1200));
  EXPECT_EQ(cue.pieces[1].text, "morning ");
  EXPECT_EQ(cue.pieces[2].start, std::chrono::seconds(2));
  EXPECT_EQ(cue.pieces[2].text, "all");
}

TEST(ReadMarkup, AReadingOverALetterIsNotSaidTwice) {
  EXPECT_EQ(plain("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>"), "漢字");
}

}  // namespace
}  // namespace reelwright::transcript

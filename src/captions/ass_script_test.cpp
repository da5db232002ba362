#include "captions/ass_script.h"

#include <gtest/gtest.h>

#include "captions/ass_lines.h"

namespace reelwright::captions {
namespace {

using std::chrono::milliseconds;

PageWord word(const char* text, long from, long to) {
  return {.text = text, .start = milliseconds(from), .end = milliseconds(to)};
}

// Two lines: two words in a row, a pause of a second, one more word; shown from 1 s to 4 s.
Page page() {
  Page made;
  made.span = {milliseconds(1000), milliseconds(4000)};
  made.lines = {{.words = {word("Good", 1000, 1400), word("morning", 1500, 2000)}},
                {.words = {word("all", 3000, 3500)}}};
  return made;
}

TEST(AssScript, ColoursAreBlueFirst) {
  EXPECT_EQ(ass_color(0x112233), "&H00332211");
  EXPECT_EQ(ass_color(0x112233, 0), "&HFF332211") << "the first byte is transparency";
  EXPECT_EQ(ass_color(0xFFFFFF, 0.5), "&H80FFFFFF");
  EXPECT_EQ(ass_color(0, 7), "&H00000000");
  EXPECT_EQ(ass_override_color(0xFFE81A), "&H1AE8FF&");
}

TEST(AssScript, TimesAreRoundedToCentiseconds) {
  EXPECT_EQ(ass_time(milliseconds(0)), "0:00:00.00");
  EXPECT_EQ(ass_time(milliseconds(3'725'678)), "1:02:05.68");
  EXPECT_EQ(ass_time(milliseconds(59'996)), "0:01:00.00") << "rounding carries over";
  EXPECT_EQ(ass_time(milliseconds(-5)), "0:00:00.00");
}

TEST(AssScript, WhatIsSaidIsNoMarkup) {
  EXPECT_EQ(ass_escape("plain, text"), "plain, text");
  EXPECT_EQ(ass_escape("{\\b1}"), "\\{\\\u2060b1\\}");
  EXPECT_EQ(ass_escape("a\nb\rc"), "a b c");
}

TEST(AssScript, AnEventIsOneLine) {
  EXPECT_EQ(ass_event(2, {milliseconds(1500), milliseconds(2250)}, "Hello, all"),
            "Dialogue: 2,0:00:01.50,0:00:02.25,Default,,0,0,0,,Hello, all\n");
}

TEST(AssScript, TheHeaderNamesThePictureAndTheFont) {
  const std::string header = ass_header(caption_style("bold"), 1080, 1920);
  EXPECT_TRUE(header.contains("PlayResX: 1080\nPlayResY: 1920\n"));
  EXPECT_TRUE(header.contains("Style: Default,Montserrat ExtraBold,108.0,&H00FFFFFF"));
  EXPECT_TRUE(ass_header(caption_style("karaoke"), 1080, 1920).contains("&H00A0F02D,&H00D6CDC9"))
      << "what is sung has the second colour, what waits the first";
}

TEST(SpokenTimes, LastUntilTheNextWordUnlessThereIsAPause) {
  const auto spoken = spoken_times(page());
  ASSERT_EQ(spoken.size(), 2U);
  ASSERT_EQ(spoken[0].size(), 2U);
  EXPECT_EQ(spoken[0][0].from, milliseconds(0));
  EXPECT_EQ(spoken[0][0].to, milliseconds(500)) << "the next word follows at once";
  EXPECT_EQ(spoken[0][1].to, milliseconds(1000)) << "its own end, before a pause";
  EXPECT_EQ(spoken[1][0].from, milliseconds(2000));
  EXPECT_EQ(spoken[1][0].to, milliseconds(3000)) << "the last holds as long as the page";
}

TEST(SpokenTimes, StayInsideThePage) {
  Page early = page();
  early.span = {milliseconds(1200), milliseconds(1800)};
  for (const auto& line : spoken_times(early)) {
    for (const Spoken& spoken : line) {
      EXPECT_GE(spoken.from, milliseconds(0));
      EXPECT_LE(spoken.to, milliseconds(600));
      EXPECT_LE(spoken.from, spoken.to);
    }
  }
}

TEST(AssLines, KaraokeAddsUpToTheLine) {
  EXPECT_EQ(filled_line(page().lines[0], caption_style("karaoke"), "en"),
            "{\\kf40}Good {\\k10}{\\kf50}morning");
}

TEST(AssLines, WhereTheScriptRunsFromTheRightWordsFillAtOnce) {
  const Line line{.words = {word("שלום", 0, 500)}};
  EXPECT_EQ(filled_line(line, caption_style("karaoke"), "he"), "{\\k50}שלום");
}

TEST(AssLines, TheFirstWordIsMarkedFromTheStart) {
  const auto& style = caption_style("comic");
  const std::string text = highlighted_line(page().lines[0], spoken_times(page())[0], style, "en");
  EXPECT_TRUE(text.starts_with("{\\1c" + ass_override_color(style.accent) + "\\t(500,501,"));
  EXPECT_TRUE(text.contains("}Good {\\1c" + ass_override_color(style.color) + "\\t(500,501,"));
  EXPECT_TRUE(text.ends_with("}morning"));
}

TEST(AssLines, PlainIsPlainAndInCapitalsWhereTheStyleIs) {
  EXPECT_EQ(plain_line(page().lines[0], caption_style("clean"), "en"), "Good morning");
  EXPECT_EQ(plain_line(page().lines[0], caption_style("pop"), "en"), "GOOD MORNING");
}

TEST(AssLines, TheScaleIsSaidOnlyWhereItChangesAnything) {
  EXPECT_EQ(scale_tags(1, 1, {}), "");
  EXPECT_EQ(scale_tags(0.75, 1, {}), "\\fscx75.0\\fscy75.0");
  EXPECT_EQ(scale_tags(1, 0.8, milliseconds(120)), "\\fscx80.0\\fscy80.0\\t(0,120,\\fscx100.0\\fscy100.0)");
}

}  // namespace
}  // namespace reelwright::captions

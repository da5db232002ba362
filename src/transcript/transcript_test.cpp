#include "transcript/transcript.h"

#include <gtest/gtest.h>

#include "transcript/clock.h"
#include "transcript/words.h"

namespace reelwright::transcript {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

Transcript two_speakers() {
  return {"en",
          {{1s, 3s, "Ann", {{"Good", 1s, 2s}, {"morning.", 2s, 3s}}},
           {4s, 6s, "Bob", {{"Hello", 4s, 5s}, {"all.", 5s, 6s}}}}};
}

TEST(Transcript, JoinsWordsAsTheirScriptDoes) {
  EXPECT_EQ((Segment{0s, 1s, "", {{"Hello"}, {"world."}}}).text(), "Hello world.");
  EXPECT_EQ((Segment{0s, 1s, "", {{"今日"}, {"は。"}}}).text(), "今日は。");
  EXPECT_EQ((Segment{0s, 1s, "", {{"パ"}, {"ー"}, {"ティー"}}}).text(), "パーティー");
  EXPECT_EQ((Segment{0s, 1s, "", {{"用"}, {"Linux"}, {"吧"}}}).text(), "用 Linux 吧");
}

TEST(Transcript, CutKeepsWordsByTheirMiddleAndShiftsThem) {
  const Transcript part = cut(two_speakers(), {2400ms, 4600ms});
  ASSERT_EQ(part.segments.size(), 2U);
  EXPECT_EQ(part.segments[0].text(), "morning.");
  EXPECT_EQ(part.segments[0].words[0].start, 0ms);  // began before the cut
  EXPECT_EQ(part.segments[0].words[0].end, 600ms);
  EXPECT_EQ(part.segments[1].speaker, "Bob");
  EXPECT_EQ(part.segments[1].start, 1600ms);
  EXPECT_EQ(part.segments[1].end, 2200ms);  // clamped to the cut
}

TEST(Transcript, CutDropsEmptySegments) {
  EXPECT_TRUE(cut(two_speakers(), {10s, 20s}).empty());
  EXPECT_EQ(cut(two_speakers(), {0s, 3500ms}).segments.size(), 1U);
}

TEST(Transcript, WordTimesCountWhenTwoInThreeHaveThem) {
  const core::Span any{0s, 1s};
  EXPECT_TRUE((Draft{"en", {{{}, "", {{"a", any}, {"b", any}, {"42", {}}}}}}).has_word_times());
  EXPECT_FALSE((Draft{"en", {{{}, "", {{"a", any}, {"b", {}}, {"c", {}}}}}}).has_word_times());
  EXPECT_FALSE(Draft{}.has_word_times());
}

TEST(SplitWords, PartsAndCleans) {
  const std::vector<std::pair<std::string, Words>> table{
      {"  Hello,\tworld \n", {"Hello,", "world"}},
      {"Hello , world !", {"Hello,", "world!"}},
      {"- Yes. - No.", {"Yes.-", "No."}},
      {"\u201C quoted \u201D text", {"\u201Cquoted\u201D", "text"}},
      {"R & D at 5 %", {"R", "&", "D", "at", "5", "%"}},
      {"\u266A la la \u266A", {"la", "la"}},
      {"no\u00A0break", {"no", "break"}},
      {"zero\u200Bwidth\x01", {"zerowidth"}},
      {"...", {}},
      {"", {}},
      {"don't re-do", {"don't", "re-do"}},
      {"今日はいい天気です。", {"今日", "は", "いい", "天気", "です。"}},
      {"「はい」と", {"「はい」", "と"}},
      {"สวัสดีครับ", {"สวัสดี", "ครับ"}},
      {"مرحبا بالعالم", {"مرحبا", "بالعالم"}},
  };
  for (const auto& [text, words] : table) EXPECT_EQ(split_words(text), words) << text;
}

TEST(Clock, ReadsWhatFilesHold) {
  const std::vector<std::pair<std::string, std::optional<core::Time>>> table{
      {"00:00:01,500", 1500ms},
      {"00:00:01.500", 1500ms},
      {"01:02.5", 62500ms},
      {"1:02:03", 3723s},
      {" 123:00:00,000 ", 123h},
      {"00:00:01,5", 1500ms},
      {"00:00:01,1234567", 1123456us},
      {"-00:00:01,000", 0us},
      {"00:61:00,000", {}},
      {"00:00:99,000", {}},
      {"5", {}},
      {"", {}},
      {"::", {}},
      {"1:2:3:4", {}},
      {"99999:00:00,000", {}},
      {"99999999999999999999:00:00", {}},
      {"00:00:01,-5", {}},
      {"00:00:01,1234567x", {}},
      {"aa:bb:cc,ddd", {}},
  };
  for (const auto& [text, time] : table) EXPECT_EQ(parse_clock(text), time) << text;
}

TEST(Clock, WritesRoundedAndReadsItBack) {
  EXPECT_EQ(format_clock(3723456500us, ','), "01:02:03,457");
  EXPECT_EQ(format_clock(100h, '.'), "100:00:00.000");
  EXPECT_EQ(format_clock(-5s, '.'), "00:00:00.000");
  for (const core::Time time : {0ms, 1ms, 59999ms, 3599999ms, 360000001ms}) {
    EXPECT_EQ(parse_clock(format_clock(time, ',')), time);
  }
}

}  // namespace
}  // namespace reelwright::transcript

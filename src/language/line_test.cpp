#include "language/line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::language {
namespace {

core::ErrorCode code_of(std::string_view text) {
  try {
    read_lines(text);
  } catch (const core::Error& error) {
    return error.code();
  }
  return core::ErrorCode::internal;
}

TEST(ReadLines, PlainTextKeepsBlankLinesSoThatIndicesHold) {
  const auto lines = read_lines("\xEF\xBB\xBFOne.\r\n\nThree.\n");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].text, "One.");
  EXPECT_EQ(lines[1].text, "");
  EXPECT_EQ(lines[2].text, "Three.");
  EXPECT_FALSE(lines[0].span);
}

TEST(ReadLines, ReadsWhisperxWithoutWordsAndKeepsEmptySegments) {
  const auto lines = read_lines(
      R"( {"language":"en","segments":[{"start":1,"end":2.5,"text":" Hi.","speaker":"S1","words":[]},
                                    {"text":""},{"start":null,"end":4,"text":"There."},{}]})");
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0].speaker, "S1");
  EXPECT_EQ(lines[0].span, (core::Span{core::from_seconds(1), core::from_seconds(2.5)}));
  EXPECT_EQ(lines[1].text, "");
  EXPECT_FALSE(lines[2].span);
  EXPECT_EQ(lines[2].text, "There.");
}

TEST(ReadLines, ALineThatOpensWithARemarkIsText) {
  EXPECT_EQ(read_lines("{laughs} Hello.\nYou.\n").size(), 2U);
}

TEST(ReadLines, RefusesWhatItCannotRead) {
  EXPECT_EQ(code_of(""), core::ErrorCode::invalid_input);
  EXPECT_EQ(code_of(" \n\t\n"), core::ErrorCode::invalid_input);
  EXPECT_EQ(code_of("fine\nnot \xC3\x28 fine"), core::ErrorCode::invalid_input);
  EXPECT_EQ(code_of(R"({"segments": [)"), core::ErrorCode::invalid_input);
  EXPECT_EQ(code_of(R"({"segments": []})"), core::ErrorCode::invalid_input);
  EXPECT_EQ(code_of(R"({"segments": [{"start": "one", "text": "x"}]})"), core::ErrorCode::invalid_input);
  EXPECT_EQ(code_of(std::string(50'000'001, 'a')), core::ErrorCode::too_large);
}

TEST(ReadLines, NamesTheLineThatIsNotUtf8) {
  try {
    read_lines("fine\nnot \xFF fine");
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("Line 2"));
  }
}

TEST(ReadLines, WildTimesAreNoTimes) {
  EXPECT_FALSE(read_lines(R"({"segments":[{"start":-1e300,"end":1e300,"text":"x"}]})").front().span);
}

}  // namespace
}  // namespace reelwright::language

#include "clips/lineup.h"

#include <gtest/gtest.h>

#include <chrono>

namespace reelwright::clips {
namespace {

using namespace std::chrono_literals;
using core::Span;
using core::Time;

class LineupTest : public ::testing::Test {
 protected:
  LineupTest() {
    int number = 0;
    for (const Span& span : {Span{60s, 80s}, Span{10s, 30s}, Span{100s, 130s}}) {
      ++number;
      chosen.push_back({.number = number,
                        .span = span,
                        .title = "Chosen " + std::to_string(number),
                        .description = {},
                        .text_preview = {},
                        .keywords = {},
                        .score = 1.0 / number,
                        .reasons = {}});
    }
  }

  // The clips as "number: title start-end", an asterisk where the span is the user's own.
  std::vector<std::string> lined_up() {
    const Lineup lineup = line_up(chosen, options, 1000s);
    warnings = lineup.warnings;
    std::vector<std::string> told;
    for (const Entry& entry : lineup.entries) {
      const auto seconds = [](Time time) { return std::chrono::floor<std::chrono::seconds>(time).count(); };
      told.push_back(std::to_string(entry.clip.number) + ": " + entry.clip.title + " " +
                     std::to_string(seconds(entry.clip.span.start)) + "-" +
                     std::to_string(seconds(entry.clip.span.end)) + (entry.has_own_span ? "*" : ""));
    }
    return told;
  }

  using Told = std::vector<std::string>;

  std::vector<ChosenClip> chosen;
  Options options;
  std::vector<core::Warning> warnings;
};

TEST_F(LineupTest, WithoutWishesTheChosenStand) {
  EXPECT_EQ(lined_up(), (Told{"1: Chosen 1 60-80", "2: Chosen 2 10-30", "3: Chosen 3 100-130"}));
  EXPECT_TRUE(warnings.empty());
}

TEST_F(LineupTest, OwnSpansStandInsteadInTheirOrder) {
  options.spans = {{{40s, 50s}, "Mine"}, {{5s, 9s}}};
  EXPECT_EQ(lined_up(), (Told{"1: Mine 40-50*", "2:  5-9*"}));
}

TEST_F(LineupTest, OrComeAfterTheChosenEachSpanOnce) {
  options.spans = {{{40s, 50s}, "Mine"}, {{10s, 30s}, "Chosen as well"}};
  options.keep_chosen = true;
  EXPECT_EQ(lined_up(),
            (Told{"1: Chosen 1 60-80", "2: Chosen 2 10-30", "3: Chosen 3 100-130", "4: Mine 40-50*"}));
}

TEST_F(LineupTest, ATitleIsOfTheClipOfThatNumber) {
  options.edits = {{.clip_number = 2, .title = "Better"}};
  EXPECT_EQ(lined_up(), (Told{"1: Chosen 1 60-80", "2: Better 10-30", "3: Chosen 3 100-130"}));
}

TEST_F(LineupTest, OneEndMovesAndTheTitleStays) {
  options.edits = {{.clip_number = 2, .end = 25s}, {.clip_number = 3, .start = 99s}};
  EXPECT_EQ(lined_up(), (Told{"1: Chosen 1 60-80", "2: Chosen 2 10-25*", "3: Chosen 3 99-130*"}));
}

TEST_F(LineupTest, APinnedSpanThatWasChosenIsNothingNew) {
  options.edits = {{.clip_number = 2, .start = 10s, .end = 30s, .title = "Better"}};
  EXPECT_EQ(lined_up(), (Told{"1: Chosen 1 60-80", "2: Better 10-30", "3: Chosen 3 100-130"}));
}

TEST_F(LineupTest, APinnedClipKeepsItsNumberWhenTheChoiceChanges) {
  options.edits = {{.clip_number = 3, .start = 59s, .end = 80s}};  // what was the third is the first now
  EXPECT_EQ(lined_up(), (Told{"1: Chosen 3 100-130", "2: Chosen 2 10-30", "3: Chosen 1 59-80*"}));
}

TEST_F(LineupTest, APinnedClipFarFromAllStandsForTheOneOfItsNumber) {
  options.edits = {{.clip_number = 2, .start = 500s, .end = 510s}};
  EXPECT_EQ(lined_up(), (Told{"1: Chosen 1 60-80", "2:  500-510*", "3: Chosen 3 100-130"}));
}

TEST_F(LineupTest, APinnedClipOfAFreeNumberIsOneMore) {
  options.edits = {{.clip_number = 7, .start = 500s, .end = 510s}};
  EXPECT_EQ(lined_up(),
            (Told{"1: Chosen 1 60-80", "2: Chosen 2 10-30", "3: Chosen 3 100-130", "7:  500-510*"}));
}

TEST_F(LineupTest, AnEditOfNoClipIsAWarning) {
  options.edits = {{.clip_number = 7, .title = "Nobody"}};
  EXPECT_EQ(lined_up().size(), 3U);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].code, "edit_without_clip");
  EXPECT_TRUE(warnings[0].message.contains("clip 7"));
}

TEST_F(LineupTest, AnEditThatLeavesNothingIsRefusedByItsPlace) {
  options.edits = {{.clip_number = 1, .title = "A"}, {.clip_number = 2, .start = 29500ms}};
  try {
    lined_up();
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    EXPECT_TRUE(std::string(error.what()).starts_with("edits[1] ")) << error.what();
  }
}

TEST_F(LineupTest, NoSpanGoesBeyondTheSource) {
  options.spans = {{{990s, 1000400ms}, "End"}};
  EXPECT_EQ(lined_up(), (Told{"1: End 990-1000*"}));
}

TEST_F(LineupTest, EachEditIsAtItsEntry) {
  options.edits = {{.clip_number = 3, .caption_style = "bold"}};
  const Lineup lineup = line_up(chosen, options, 1000s);
  EXPECT_EQ(lineup.entries[2].edit, &options.edits[0]);
  EXPECT_EQ(lineup.entries[0].edit, nullptr);
}

}  // namespace
}  // namespace reelwright::clips

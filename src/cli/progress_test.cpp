#include "cli/progress.h"

#include <gtest/gtest.h>

namespace reelwright::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Standard error is no terminal here: a line now and then.
class ProgressTest : public testing::Test {
 protected:
  std::string shown_at(milliseconds time, double fraction) {
    now = start + time;
    testing::internal::CaptureStderr();
    progress.show("listening", fraction);
    return testing::internal::GetCapturedStderr();
  }

  const Progress::Clock::time_point start = Progress::Clock::now();
  Progress::Clock::time_point now = start;
  Progress progress{[this] { return now; }};
};

TEST_F(ProgressTest, ShortWorkIsSilent) {
  EXPECT_EQ(shown_at(milliseconds(0), 0), "");
  EXPECT_EQ(shown_at(milliseconds(1999), 0.9), "");
}

TEST_F(ProgressTest, TellsShareWorkAndTimeLeft) {
  EXPECT_EQ(shown_at(seconds(20), 0.25), " 25 %  listening  1:00 left\n");
}

TEST_F(ProgressTest, WhatWasDoneEarlierTellsNoSpeed) {
  EXPECT_EQ(shown_at(milliseconds(10), 0.5), "");
  EXPECT_EQ(shown_at(seconds(20), 0.75), " 75 %  listening  0:20 left\n");
}

TEST_F(ProgressTest, GivesHoursWhereItTakesHours) {
  EXPECT_EQ(shown_at(seconds(100), 0.02), "  2 %  listening  1:21:40 left\n");
}

TEST_F(ProgressTest, GuessesNothingFromTheFirstPercent) {
  EXPECT_EQ(shown_at(seconds(20), 0), "  0 %  listening\n");
  EXPECT_EQ(shown_at(seconds(40), 0.01), "  1 %  listening\n");
}

TEST_F(ProgressTest, ALogIsNotFlooded) {
  EXPECT_NE(shown_at(seconds(3), 0.1), "");
  EXPECT_EQ(shown_at(seconds(4), 0.2), "");
  EXPECT_EQ(shown_at(milliseconds(12'999), 0.3), "");
  EXPECT_NE(shown_at(seconds(13), 0.4), "");
}

TEST_F(ProgressTest, ClearsNothingWhereNothingCanBeWrittenOver) {
  shown_at(seconds(3), 0.1);
  testing::internal::CaptureStderr();
  progress.clear();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace reelwright::cli

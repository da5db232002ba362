#include "jobs/progress_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class ProgressReportTest : public ::testing::Test {
 protected:
  const database::Progress& after(std::string stage, double fraction) {
    report.note(ProgressMade{std::move(stage), fraction}, now);
    return report.tell(now);
  }

  ProgressReport::Clock::time_point now{1h};
  ProgressReport report;
};

TEST_F(ProgressReportTest, TellsStageAndShare) {
  const database::Progress& told = after("render 1", 0.257);
  EXPECT_EQ(told.stage, "render 1");
  EXPECT_EQ(told.percentage, 25);
  EXPECT_EQ(told.warnings, "[]");
}

TEST_F(ProgressReportTest, NothingIsToldTwiceNorTooOften) {
  EXPECT_FALSE(report.due(now));
  after("render", 0.1);
  EXPECT_FALSE(report.due(now + 1h));
  report.note(ProgressMade{"render", 0.2}, now);
  EXPECT_FALSE(report.due(now + 499ms));
  EXPECT_TRUE(report.due(now + 500ms));
}

TEST_F(ProgressReportTest, WhatCouldNotBeToldIsDueAgain) {
  after("render", 0.1);
  report.failed();
  EXPECT_TRUE(report.due(now + 1s));
}

TEST_F(ProgressReportTest, ItNeverGoesBackNorEndsByItself) {
  report = ProgressReport(40);
  EXPECT_EQ(after("probe", 0.01).percentage, 40);
  EXPECT_EQ(after("render", 0.5).percentage, 50);
  EXPECT_EQ(after("render", 0.3).percentage, 50);
  EXPECT_EQ(after("render", 1).percentage, 99);
}

TEST_F(ProgressReportTest, FetchingIsTheFirstTenthWhereThereIsAny) {
  EXPECT_EQ(after("fetch", 0.5).percentage, 5);
  EXPECT_EQ(after("fetch", 1).percentage, 10);
  EXPECT_EQ(after("probe", 0).percentage, 10);
  EXPECT_EQ(after("render", 0.5).percentage, 55);
}

TEST_F(ProgressReportTest, AWarningIsToldOnce) {
  report.note(core::Warning{"no_speech", "Nobody \"speaks\"."});
  report.note(core::Warning{"no_speech", "Again."});
  EXPECT_THAT(report.tell(now).warnings, HasSubstr(R"(Nobody \"speaks\".)"));
  EXPECT_THAT(report.tell(now).warnings, Not(HasSubstr("Again")));
  for (int i = 0; i < 1000; ++i) report.note(core::Warning{std::to_string(i), std::string(100, 'x')});
  EXPECT_LT(report.tell(now).warnings.size(), 10'000U);
}

TEST_F(ProgressReportTest, TheTimeLeftIsGuessed) {
  for (int i = 1; i <= 50; ++i, now += 1s) report.note(ProgressMade{"render", i * 0.01}, now);
  EXPECT_NEAR(report.tell(now).seconds_left.value(), 50, 3);
}

}  // namespace
}  // namespace reelwright::jobs

#include "stage/stage_runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

namespace reelwright::stage {
namespace {

struct Recorder : Observer {
  void on_progress(const std::string& stage, double fraction) override {
    stages.push_back(stage);
    fractions.push_back(fraction);
  }
  void on_stage(const std::string& stage, const core::Usage&, bool reused) override {
    finished.emplace_back(stage, reused);
  }
  void on_warning(const core::Warning&) override {}

  std::vector<std::string> stages;
  std::vector<double> fractions;
  std::vector<std::pair<std::string, bool>> finished;
};

std::pair<int, bool> nothing(const core::Context&) { return {0, false}; }

TEST(StageRunner, GivesWhatTheStageMade) {
  Recorder recorder;
  StageRunner runner(recorder, {}, 1);
  const auto made = runner.run(
      "letters", 1, [](const core::Context&) { return std::pair(std::make_unique<int>(42), true); });
  EXPECT_EQ(*made, 42);  // moved out: a stage may make what cannot be copied
  EXPECT_EQ(recorder.finished, (std::vector{std::pair<std::string, bool>("letters", true)}));
}

TEST(StageRunner, EachStageFillsItsShareOfTheWhole) {
  Recorder recorder;
  StageRunner runner(recorder, {}, 4);
  runner.run("first", 1, [](const core::Context& context) {
    context.report(0.5);
    return std::pair(0, false);
  });
  runner.run("second", 3, [](const core::Context& context) {
    context.part(0.5, 1).report(0);
    return std::pair(0, false);
  });
  EXPECT_EQ(recorder.fractions, (std::vector<double>{0, 0.125, 0.25, 0.25, 0.625, 1}));
  EXPECT_EQ(recorder.stages.front(), "first");
  EXPECT_EQ(recorder.stages.back(), "second");
}

TEST(StageRunner, ABetterGuessNeverMovesTheBarBackOrBeyondTheEnd) {
  Recorder recorder;
  StageRunner runner(recorder, {}, 2);
  runner.run("known", 1, nothing);
  runner.expect(9);  // far more is to come than was thought
  runner.run("long", 6, nothing);
  runner.run("rest", 3, nothing);
  runner.run("unexpected", 5, nothing);
  EXPECT_TRUE(std::ranges::is_sorted(recorder.fractions));
  EXPECT_DOUBLE_EQ(recorder.fractions.front(), 0);
  EXPECT_DOUBLE_EQ(recorder.fractions.back(), 1);
}

TEST(StageRunner, ListsWhatEachStageCost) {
  Recorder recorder;
  StageRunner runner(recorder, {}, 2);
  runner.run("made", 1, nothing);
  runner.run("found", 1, [](const core::Context&) { return std::pair(0, true); });
  ASSERT_EQ(runner.stages().size(), 2U);
  EXPECT_EQ(runner.stages()[0].name, "made");
  EXPECT_FALSE(runner.stages()[0].reused);
  EXPECT_GE(runner.stages()[0].seconds, 0);
  EXPECT_GT(runner.stages()[0].peak_mib, 0);
  EXPECT_EQ(runner.stages()[1].name, "found");
  EXPECT_TRUE(runner.stages()[1].reused);
}

TEST(StageRunner, StartsNoStageOnceAStopWasAskedFor) {
  Recorder recorder;
  std::stop_source stop;
  StageRunner runner(recorder, {.stop = stop.get_token(), .progress = {}}, 2);
  runner.run("first", 1, [&](const core::Context&) {
    stop.request_stop();
    return std::pair(0, false);
  });
  const auto never = [](const core::Context&) -> std::pair<int, bool> {
    throw std::logic_error("was started");
  };
  EXPECT_THROW(runner.run("second", 1, never), core::Error);
  EXPECT_EQ(runner.stages().size(), 1U);
}

TEST(StageRunner, AStageThatFailsIsNotListed) {
  Recorder recorder;
  StageRunner runner(recorder, {}, 1);
  const auto fail = [](const core::Context&) -> std::pair<int, bool> { throw std::runtime_error("no"); };
  EXPECT_THROW(runner.run("broken", 1, fail), std::runtime_error);
  EXPECT_TRUE(runner.stages().empty());
  EXPECT_TRUE(recorder.finished.empty());
}

}  // namespace
}  // namespace reelwright::stage

#include "speech/abandon.h"

#include <gtest/gtest.h>

#include <latch>
#include <stdexcept>
#include <string>

namespace reelwright::speech {
namespace {

TEST(RunOrAbandon, GivesTheResultOrTheFailure) {
  EXPECT_EQ(run_or_abandon<std::string>([] { return "yes"; }, {}), "yes");
  EXPECT_THROW(run_or_abandon<int>([]() -> int { throw std::runtime_error("no"); }, {}), std::runtime_error);
}

TEST(RunOrAbandon, AStopDoesNotWaitForTheTask) {
  struct Gates {
    std::latch open{1};
    std::latch left{1};
  };
  const auto gates = std::make_shared<Gates>();
  std::stop_source stop;
  const auto task = [gates, asked = stop]() mutable {
    asked.request_stop();
    gates->open.wait();
    gates->left.count_down();
    return 1;
  };
  EXPECT_THROW(run_or_abandon<int>(task, stop.get_token()), core::Error);
  gates->open.count_down();  // it was still at it
  gates->left.wait();
}

}  // namespace
}  // namespace reelwright::speech

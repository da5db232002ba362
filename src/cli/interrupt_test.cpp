#include "cli/interrupt.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <latch>
#include <thread>

namespace reelwright::cli {
namespace {

// Each in a process of its own: the token cannot be set back.

void stop_by(int signal) {
  const std::stop_token stop = stop_on_interrupt();
  if (stop.stop_requested()) std::_Exit(1);
  std::latch stopped(1);
  const std::stop_callback callback(stop, [&] { stopped.count_down(); });
  ::kill(::getpid(), signal);
  stopped.wait();
}

TEST(InterruptDeathTest, CtrlCStopsTheToken) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT((stop_by(SIGINT), std::_Exit(42)), testing::ExitedWithCode(42), "");
}

TEST(InterruptDeathTest, SoDoesSigterm) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT((stop_by(SIGTERM), std::_Exit(42)), testing::ExitedWithCode(42), "");
}

TEST(InterruptDeathTest, ASecondOneEndsTheProgramAtOnce) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto twice = [] {
    stop_by(SIGINT);
    ::kill(::getpid(), SIGINT);
    for (;;) ::pause();  // as if the work did not look at its token
  };
  EXPECT_EXIT(twice(), testing::ExitedWithCode(130), "");
}

TEST(InterruptDeathTest, WorksWhicheverThreadTheSignalReaches) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto through_an_older_thread = [] {
    // As a library does that starts threads when it is loaded.
    std::thread library([] {
      for (;;) ::pause();
    });
    const std::stop_token stop = stop_on_interrupt();
    std::latch stopped(1);
    const std::stop_callback callback(stop, [&] { stopped.count_down(); });
    ::pthread_kill(library.native_handle(), SIGINT);
    stopped.wait();
    std::_Exit(42);
  };
  EXPECT_EXIT(through_an_older_thread(), testing::ExitedWithCode(42), "");
}

}  // namespace
}  // namespace reelwright::cli

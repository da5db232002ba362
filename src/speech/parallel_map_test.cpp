#include "speech/parallel_map.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace reelwright::speech {
namespace {

using Worker = std::function<int(const int&, const std::stop_token&)>;

std::function<std::optional<int>()> count_to(int end) {
  return [i = 0, end]() mutable { return i < end ? std::optional(i++) : std::nullopt; };
}

Worker square(const std::stop_token&) {
  return [](const int& value, const std::stop_token&) { return value * value; };
}

core::Context with_threads(unsigned threads) { return {.stop = {}, .progress = {}, .threads = threads}; }

void nobody(const int&) {}

TEST(ParallelMap, ResultsAreInTheOrderOfTheItemsForAnyNumberOfThreads) {
  std::vector<int> expected(200);
  for (int i = 0; i < 200; ++i) expected[static_cast<std::size_t>(i)] = i * i;
  for (const unsigned threads : {0U, 1U, 2U, 7U})
    EXPECT_EQ((parallel_map<int, int>(count_to(200), square, nobody, with_threads(threads))), expected);
}

TEST(ParallelMap, OfNothingNeedsNoWorker) {
  const auto never = [](const std::stop_token&) -> Worker { throw std::logic_error("was made"); };
  EXPECT_TRUE((parallel_map<int, int>(count_to(0), never, nobody, with_threads(2)).empty()));
}

TEST(ParallelMap, TellsOfEachItemOnceAndNeverTwoAtATime) {
  std::vector<int> told;  // without a lock: the promise is that none is needed
  parallel_map<int, int>(
      count_to(100), square, [&](const int& item) { told.push_back(item); }, with_threads(4));
  EXPECT_EQ(told.size(), 100U);
  EXPECT_EQ(std::accumulate(told.begin(), told.end(), 0), 4950);
}

TEST(ParallelMap, SeveralWorkAtOnce) {
  std::latch both(2);  // opens only when two workers are inside
  const auto meet = [&](const std::stop_token&) -> Worker {
    return [&](const int& value, const std::stop_token&) {
      both.arrive_and_wait();
      return value;
    };
  };
  EXPECT_EQ((parallel_map<int, int>(count_to(2), meet, nobody, with_threads(2))), (std::vector{0, 1}));
}

TEST(ParallelMap, ProducesOnlyALittleAhead) {
  std::atomic<int> finished = 0;
  int produced = 0;
  int furthest = 0;
  const auto produce = [&]() -> std::optional<int> {
    furthest = std::max(furthest, produced - finished.load());
    return produced < 300 ? std::optional(produced++) : std::nullopt;
  };
  parallel_map<int, int>(produce, square, [&](const int&) { ++finished; }, with_threads(2));
  // Two wait and one is worked on for each of the two threads, and one is in the producer's hand.
  EXPECT_LE(furthest, 7);
}

TEST(ParallelMap, WhatAnyPartThrowsComesOutAndStopsTheRest) {
  const auto fails = [](const std::stop_token&) -> Worker {
    return [](const int& value, const std::stop_token&) {
      if (value == 5) throw std::runtime_error("five");
      return value;
    };
  };
  int produced = 0;
  const auto endless = [&]() -> std::optional<int> { return produced++; };
  EXPECT_THROW((parallel_map<int, int>(endless, fails, nobody, with_threads(2))), std::runtime_error);

  const auto broken = [i = 0]() mutable -> std::optional<int> {
    if (i == 3) throw std::out_of_range("no more");
    return i++;
  };
  EXPECT_THROW((parallel_map<int, int>(broken, square, nobody, with_threads(2))), std::out_of_range);

  const auto angry = [](const int&) { throw std::domain_error("heard enough"); };
  EXPECT_THROW((parallel_map<int, int>(count_to(9), square, angry, with_threads(2))), std::domain_error);
}

TEST(ParallelMap, AStopReachesTheProducerAndTheWorkers) {
  std::stop_source stop;
  const core::Context context{.stop = stop.get_token(), .progress = {}, .threads = 2};
  std::atomic<bool> told = false;
  const auto patient = [&](const std::stop_token&) -> Worker {
    return [&](const int&, const std::stop_token& token) {
      stop.request_stop();
      std::latch stopped(1);  // waits until it is told, as a worker deep in a library would
      const std::stop_callback callback(token, [&] { stopped.count_down(); });
      stopped.wait();
      told = true;
      return 0;
    };
  };
  EXPECT_THROW((parallel_map<int, int>(count_to(100), patient, nobody, context)), core::Error);
  EXPECT_TRUE(told);
}

TEST(ParallelMap, AStopReachesAWorkerThatIsBeingMade) {
  std::stop_source stop;
  const core::Context context{.stop = stop.get_token(), .progress = {}, .threads = 2};
  const auto slow_to_make = [&](const std::stop_token& token) -> Worker {
    stop.request_stop();
    std::latch stopped(1);
    const std::stop_callback callback(token, [&] { stopped.count_down(); });
    stopped.wait();
    throw core::Error(core::ErrorCode::cancelled, "Stopped.");
  };
  EXPECT_THROW((parallel_map<int, int>(count_to(100), slow_to_make, nobody, context)), core::Error);
}

}  // namespace
}  // namespace reelwright::speech

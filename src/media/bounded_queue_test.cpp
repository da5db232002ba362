#include "media/bounded_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace reelwright::media {
namespace {

TEST(BoundedQueue, FirstInFirstOut) {
  BoundedQueue<std::unique_ptr<int>> queue(3);  // values that only move
  for (const int value : {1, 2, 3}) EXPECT_TRUE(queue.push(std::make_unique<int>(value)));
  for (const int value : {1, 2, 3}) EXPECT_EQ(**queue.pop(), value);
}

TEST(BoundedQueue, WhatWaitsCanStillBeTakenAfterTheClose) {
  BoundedQueue<int> queue(2);
  queue.push(1);
  queue.close();
  EXPECT_FALSE(queue.push(2));
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, AnAbortDropsWhatWaits) {
  BoundedQueue<int> queue(2);
  queue.push(1);
  queue.abort();
  EXPECT_EQ(queue.pop(), std::nullopt);
  EXPECT_FALSE(queue.push(2));
}

TEST(BoundedQueue, NeverHoldsMoreThanItsCapacity) {
  constexpr int count = 500;
  BoundedQueue<int> queue(4);
  std::atomic<int> taken = 0;
  int furthest = 0;
  std::jthread producer([&] {
    for (int i = 0; i < count; ++i) {
      queue.push(i);
      furthest = std::max(furthest, i + 1 - taken.load());
    }
    queue.close();
  });
  std::vector<int> values;
  while (const auto value = queue.pop()) {
    values.push_back(*value);
    ++taken;
  }
  producer.join();
  ASSERT_EQ(values.size(), static_cast<std::size_t>(count));
  EXPECT_TRUE(std::ranges::is_sorted(values));
  EXPECT_LE(furthest, 4 + 1) << "four wait and one is in the consumer's hand";
}

TEST(BoundedQueue, AnAbortFreesBothWhoWait) {
  BoundedQueue<int> full(1);
  full.push(1);
  bool pushed = true;
  std::jthread producer([&] { pushed = full.push(2); });
  BoundedQueue<int> empty(1);
  std::optional<int> popped = 7;
  std::jthread consumer([&] { popped = empty.pop(); });
  full.abort();
  empty.abort();
  producer.join();
  consumer.join();
  EXPECT_FALSE(pushed);
  EXPECT_EQ(popped, std::nullopt);
}

}  // namespace
}  // namespace reelwright::media

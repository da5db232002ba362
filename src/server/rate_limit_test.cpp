#include "server/rate_limit.h"

#include <gtest/gtest.h>

namespace reelwright::server {
namespace {

using namespace std::chrono_literals;

TEST(RateLimit, LetsABurstInAndThenOneAtATime) {
  RateLimit limit(60);
  const RateLimit::Clock::time_point start{};
  for (int i = 0; i < 60; ++i) EXPECT_TRUE(limit.take("a", start).allowed) << i;
  const auto refused = limit.take("a", start);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.remaining, 0);
  EXPECT_EQ(refused.reset_seconds, 1);
  EXPECT_FALSE(limit.take("a", start + 900ms).allowed);
  EXPECT_TRUE(limit.take("a", start + 1100ms).allowed);
  EXPECT_FALSE(limit.take("a", start + 1200ms).allowed);
}

TEST(RateLimit, EachCallerHasItsOwnBucket) {
  RateLimit limit(1);
  EXPECT_TRUE(limit.take("a", {}).allowed);
  EXPECT_TRUE(limit.take("b", {}).allowed);
  EXPECT_FALSE(limit.take("a", {}).allowed);
}

TEST(RateLimit, NoneIsNone) {
  RateLimit limit(0);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limit.take("a", {}).allowed);
  EXPECT_EQ(limit.take("a", {}).limit, 0);
}

TEST(RateLimit, ManyAddressesDoNotFillTheMemoryNorOpenTheDoor) {
  RateLimit limit(60);
  const RateLimit::Clock::time_point start{};
  for (int i = 0; i < 30'000; ++i) EXPECT_TRUE(limit.take(std::to_string(i), start + 1ms * i).allowed);
  EXPECT_TRUE(limit.take("0", start + 31s).allowed);
}

}  // namespace
}  // namespace reelwright::server

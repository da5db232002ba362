#include "net/backoff.h"

#include <gtest/gtest.h>

#include "net/rate_gate.h"

namespace reelwright::net {
namespace {

using namespace std::chrono_literals;

constexpr core::Moment now{std::chrono::microseconds(1'800'000'000'000'000)};  // 2027-01-15 08:00:00 UTC

TEST(Backoff, DoublesUpToALimit) {
  const RetryRules rules;
  EXPECT_EQ(backoff(rules, 1, 1), 500ms);
  EXPECT_EQ(backoff(rules, 2, 1), 1000ms);
  EXPECT_EQ(backoff(rules, 5, 1), 8000ms);
  EXPECT_EQ(backoff(rules, 500, 1), 8000ms);
}

TEST(Backoff, HasFullJitter) {
  EXPECT_EQ(backoff({}, 3, 0), 0ms);
  EXPECT_EQ(backoff({}, 3, 0.25), 500ms);
  EXPECT_EQ(backoff({}, 3, 7), 2000ms);
}

TEST(AskedWait, KnowsAllItsForms) {
  EXPECT_EQ(asked_wait({{"retry-after-ms", "250"}, {"retry-after", "9"}}, now), 250ms);
  EXPECT_EQ(asked_wait({{"retry-after", "1.5"}}, now), 1500ms);
  EXPECT_EQ(asked_wait({{"retry-after", "Fri, 15 Jan 2027 08:00:07 GMT"}}, now), 7000ms);
  EXPECT_EQ(asked_wait({{"retry-after", "Fri, 15 Jan 2027 07:00:00 GMT"}}, now), 0ms);
}

TEST(AskedWait, NonsenseAsksForNothing) {
  EXPECT_EQ(asked_wait({}, now), std::nullopt);
  for (const char* text : {"", "soon", "-3", "nan", "inf", "3 s"})
    EXPECT_EQ(asked_wait({{"retry-after", text}}, now), std::nullopt) << text;
  EXPECT_EQ(asked_wait({{"retry-after-ms", "soon"}, {"retry-after", "2"}}, now), 2000ms);
  EXPECT_EQ(asked_wait({{"retry-after", "1e300"}}, now), 24h);
}

TEST(ShouldRetry, IsTrueFalseOrNotSaid) {
  EXPECT_EQ(should_retry({{"x-should-retry", "true"}}), true);
  EXPECT_EQ(should_retry({{"x-should-retry", "false"}}), false);
  EXPECT_EQ(should_retry({{"x-should-retry", "maybe"}}), std::nullopt);
  EXPECT_EQ(should_retry({}), std::nullopt);
}

TEST(RateGate, ReadsDurations) {
  EXPECT_EQ(rate_duration("12ms"), 12ms);
  EXPECT_EQ(rate_duration("1s"), 1s);
  EXPECT_EQ(rate_duration("6m0s"), 6min);
  EXPECT_EQ(rate_duration("1h2m3.5s"), 1h + 2min + 3500ms);
  for (const char* text : {"", "s", "12", "12x", "-1s", "1s 2"})
    EXPECT_EQ(rate_duration(text), std::nullopt) << text;
}

TEST(RateGate, ClosesWhereNothingIsLeft) {
  RateGate gate;
  const auto at = RateGate::Clock::now();
  gate.note({{"x-ratelimit-remaining-requests", "1"}, {"x-ratelimit-reset-requests", "6m0s"}}, at);
  EXPECT_EQ(gate.wait(at), 0ms);
  gate.note({{"x-ratelimit-remaining-tokens", "0"}, {"x-ratelimit-reset-tokens", "2s"}}, at);
  EXPECT_EQ(gate.wait(at), 2s);
  EXPECT_EQ(gate.wait(at + 3s), 0ms);
  gate.note({{"x-ratelimit-remaining-requests", "0"}, {"x-ratelimit-reset-requests", "6m0s"}}, at);
  EXPECT_EQ(gate.wait(at), 60s) << "nobody waits for longer";
}

}  // namespace
}  // namespace reelwright::net

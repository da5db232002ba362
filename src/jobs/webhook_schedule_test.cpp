#include "jobs/webhook_schedule.h"

#include <gtest/gtest.h>

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;

constexpr core::Moment now{std::chrono::seconds(784111777)};  // Sun, 06 Nov 1994 08:49:37 GMT

TEST(WebhookSchedule, IsThatOfTheContract) {
  const std::chrono::milliseconds pauses[] = {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
  int attempts = 0;
  for (const auto pause : pauses) EXPECT_EQ(pause_after(++attempts, 0.5), pause);
  EXPECT_FALSE(pause_after(10, 0.5));
  EXPECT_FALSE(pause_after(0, 0.5));
}

TEST(WebhookSchedule, VariesByATenth) {
  EXPECT_EQ(pause_after(1, 0), 4500ms);
  EXPECT_EQ(pause_after(1, 1), 5500ms);
}

TEST(RetryAfter, IsSecondsOrADate) {
  EXPECT_EQ(retry_after("120", now), 120s);
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:50:37 GMT", now), 60s);
}

TEST(RetryAfter, NobodyPutsUsOffForEver) {
  EXPECT_EQ(retry_after("100000000", now), 24h);
  EXPECT_EQ(retry_after("99999999999999999999", now), 24h);
  EXPECT_EQ(retry_after("Sun, 06 Nov 2094 08:49:37 GMT", now), 24h);
}

TEST(RetryAfter, WhatIsNeitherOrPastIsNone) {
  for (const char* text :
       {"", "0", "-5", "soon", "1.5", "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1990 08:49:37 GMT"})
    EXPECT_FALSE(retry_after(text, now)) << text;
}

}  // namespace
}  // namespace reelwright::jobs

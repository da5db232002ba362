#include "jobs/retry_policy.h"

#include <gtest/gtest.h>

#include <set>

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;

TEST(RetryPolicy, WaitsTwiceAsLongEachTimeUpToTheLongest) {
  const RetryPolicy policy{.first = 2s, .longest = 15s};
  EXPECT_EQ(policy.wait(1, 1), 2s);
  EXPECT_EQ(policy.wait(2, 1), 4s);
  EXPECT_EQ(policy.wait(3, 1), 8s);
  EXPECT_EQ(policy.wait(4, 1), 15s);
  EXPECT_EQ(policy.wait(1'000'000, 1), 15s);
}

TEST(RetryPolicy, TakesBetweenHalfAndAllOfIt) {
  const RetryPolicy policy{.first = 2s, .longest = 15s};
  EXPECT_EQ(policy.wait(2, 0), 2s);
  EXPECT_EQ(policy.wait(2, 0.5), 3s);
  std::set<std::chrono::milliseconds> waits;
  for (int i = 0; i < 100; ++i) {
    const auto wait = policy.wait(2);
    EXPECT_GE(wait, 2s);
    EXPECT_LE(wait, 4s);
    waits.insert(wait);
  }
  EXPECT_GT(waits.size(), 10U);
}

TEST(RetryPolicy, WhatTheUserGaveIsNotTriedAgain) {
  using core::ErrorCode;
  for (const ErrorCode code :
       {ErrorCode::invalid_input, ErrorCode::unsupported_media, ErrorCode::too_large, ErrorCode::forbidden,
        ErrorCode::not_found, ErrorCode::over_budget, ErrorCode::cancelled})
    EXPECT_FALSE(is_retryable(code)) << core::name(code);
  for (const ErrorCode code : {ErrorCode::unavailable, ErrorCode::timeout, ErrorCode::rate_limited,
                               ErrorCode::storage_full, ErrorCode::internal, ErrorCode::conflict})
    EXPECT_TRUE(is_retryable(code)) << core::name(code);
}

}  // namespace
}  // namespace reelwright::jobs

#include "speech/sound_windows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace reelwright::speech {
namespace {

/// A source of samples 1/64, 2/64, ... that gives at most three at a time.
Chunker::Source counting(std::size_t total) {
  return [at = std::size_t{0}, total](std::span<float> into) mutable {
    std::size_t count = 0;
    for (; count < std::min<std::size_t>(3, into.size()) && at < total; ++count)
      into[count] = static_cast<float>(++at) / 64;
    return count;
  };
}

/// The first and last sample of each window that is no silence, in 64ths.
std::vector<std::pair<int, int>> windows_of(std::size_t total) {
  SoundWindows windows(counting(total), 8, 2);
  std::vector<std::pair<int, int>> found;
  while (const auto window = windows.next()) {
    EXPECT_EQ(window->samples.size(), 8U);
    found.emplace_back(std::lround(window->samples.front() * 64),
                       std::lround(std::ranges::max(window->samples) * 64));
  }
  return found;
}

using Windows = std::vector<std::pair<int, int>>;

TEST(SoundWindowsTest, OverlapUntilOneReachesTheEnd) {
  EXPECT_EQ(windows_of(0), Windows());
  EXPECT_EQ(windows_of(5), (Windows{{1, 5}}));
  EXPECT_EQ(windows_of(8), (Windows{{1, 8}}));
  EXPECT_EQ(windows_of(9), (Windows{{1, 8}, {3, 9}}));
  EXPECT_EQ(windows_of(12), (Windows{{1, 8}, {3, 10}, {5, 12}}));
}

TEST(SoundWindowsTest, KnowWhereTheyStand) {
  SoundWindows windows(counting(11), 8, 2);
  const auto first = windows.next();
  const auto second = windows.next();
  const auto third = windows.next();
  EXPECT_EQ(first->span, (core::Span{core::Time(0), core::Time(500)}));
  EXPECT_EQ(second->span, (core::Span{core::Time(125), core::Time(625)}));
  EXPECT_EQ(third->span.end, core::Time(687)) << "where the sound ends";
}

TEST(SoundWindowsTest, WhatIsNoNumberIsSilence) {
  SoundWindows windows(
      [calls = 0](std::span<float> into) mutable -> std::size_t {
        std::ranges::fill(into, calls == 0 ? NAN : 7.0F);
        return calls++ < 1 ? into.size() : 0;
      },
      8, 2);
  EXPECT_EQ(windows.next()->samples, std::vector<float>(8));
}

}  // namespace
}  // namespace reelwright::speech

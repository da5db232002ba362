#include "core/time.h"

#include <gtest/gtest.h>

namespace reelwright::core {
namespace {

constexpr Span span(long start, long end) { return {Time{start}, Time{end}}; }

TEST(Time, SecondsAreRoundedToTheNearestMicrosecond) {
  EXPECT_EQ(from_seconds(1.5), Time{1'500'000});
  EXPECT_EQ(from_seconds(0.1 + 0.2), Time{300'000});
  EXPECT_EQ(from_seconds(-0.0000006), Time{-1});
  EXPECT_EQ(from_seconds(0.0000004), Time{0});
}

TEST(Time, SurvivesTheWayToSecondsAndBack) {
  // A millennium of microseconds is exact in a double's 53 bits only up to 285 years; hours are far below.
  for (const long micros : {0L, 1L, -1L, 33'367L, 41'708'333L, 3'599'999'999L, 360'000'000'001L})
    EXPECT_EQ(from_seconds(to_seconds(Time{micros})), Time{micros});
}

TEST(Span, HoldsItsStartAndNotItsEnd) {
  constexpr Span tested = span(10, 20);
  EXPECT_TRUE(tested.contains(Time{10}));
  EXPECT_TRUE(tested.contains(Time{19}));
  EXPECT_FALSE(tested.contains(Time{20}));
  EXPECT_FALSE(tested.contains(Time{9}));
  EXPECT_FALSE(span(10, 10).contains(Time{10}));
  EXPECT_EQ(tested.duration(), Time{10});
}

TEST(Span, OverlapsOnlyWhereBothHoldATime) {
  constexpr Span tested = span(10, 20);
  EXPECT_FALSE(tested.overlaps(span(20, 30))) << "they only touch";
  EXPECT_FALSE(tested.overlaps(span(0, 10))) << "they only touch";
  EXPECT_TRUE(tested.overlaps(span(19, 30)));
  EXPECT_TRUE(tested.overlaps(span(0, 11)));
  EXPECT_TRUE(tested.overlaps(span(12, 13)));
  EXPECT_TRUE(span(12, 13).overlaps(tested));
}

TEST(Rfc3339, IsUtcToTheMillisecond) {
  const auto shown = [](std::int64_t microseconds) {
    return rfc3339(Moment(std::chrono::microseconds(microseconds)));
  };
  EXPECT_EQ(shown(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(shown(1'800'000'000'250'999), "2027-01-15T08:00:00.250Z");
  EXPECT_EQ(shown(1'709'251'199'999'999), "2024-02-29T23:59:59.999Z");
  EXPECT_EQ(shown(-1), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace reelwright::core

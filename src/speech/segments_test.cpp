#include "speech/segments.h"

#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

// Words of 0.4 s, each after a pause.
std::vector<transcript::Word> words(const std::vector<double>& pauses) {
  std::vector<transcript::Word> made;
  double time = 0;
  for (const double pause : pauses) {
    time += pause;
    made.push_back({"word", core::from_seconds(time), core::from_seconds(time + 0.4)});
    time += 0.4;
  }
  return made;
}

TEST(SplitAtPauses, NoWordsMakeNoSegments) { EXPECT_TRUE(split_at_pauses({}).empty()); }

TEST(SplitAtPauses, ALongPauseEndsASegmentAndAShortOneDoesNot) {
  const auto segments = split_at_pauses(words({1, 0.1, 0.5, 0.7, 0.1}));
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_EQ(segments[0].words.size(), 3U);
  EXPECT_EQ(segments[1].words.size(), 2U);
  EXPECT_EQ(segments[0].start, core::from_seconds(1));
  EXPECT_EQ(segments[0].end, segments[0].words.back().end);
  EXPECT_EQ(segments[1].start, segments[1].words.front().start);
}

TEST(SplitAtPauses, AfterTwentySecondsAShortOneIsEnough) {
  std::vector<double> pauses(120, 0.05);
  pauses[10] = 0.3;  // too early to matter
  pauses[60] = 0.3;
  const auto segments = split_at_pauses(words(pauses));
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_EQ(segments[0].words.size(), 60U);
}

TEST(SplitAtPauses, NoWordIsLost) {
  std::size_t count = 0;
  for (const auto& segment : split_at_pauses(words(std::vector<double>(50, 0.65))))
    count += segment.words.size();
  EXPECT_EQ(count, 50U);
}

}  // namespace
}  // namespace reelwright::speech

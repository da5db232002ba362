#include "media/frame_rate.h"

#include <gtest/gtest.h>

namespace reelwright::media {
namespace {

struct Case {
  double source;
  bool variable;
  FrameRate expected;
};

class OutputFrameRate : public ::testing::TestWithParam<Case> {};

TEST_P(OutputFrameRate, IsStandardOrLower) {
  const VideoFacts source{.frame_rate = GetParam().source, .variable_frame_rate = GetParam().variable};
  EXPECT_EQ(output_frame_rate(source), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rates, OutputFrameRate,
    ::testing::Values(Case{24000.0 / 1001, false, {24000, 1001}}, Case{24, false, {24, 1}},
                      Case{25, false, {25, 1}}, Case{30000.0 / 1001, false, {30000, 1001}},
                      Case{30, false, {30, 1}}, Case{50, false, {25, 1}}, Case{60, false, {30, 1}},
                      Case{60000.0 / 1001, false, {30000, 1001}}, Case{120, false, {30, 1}},
                      Case{48, false, {24, 1}}, Case{24.99, false, {25, 1}},
                      Case{23.98, false, {24000, 1001}}, Case{10, false, {10, 1}}, Case{12.5, false, {25, 2}},
                      Case{1, false, {10, 1}}, Case{27, false, {30, 1}}, Case{22.1, true, {30, 1}},
                      Case{0, false, {30, 1}}));

TEST(FrameRate, TimesDoNotDrift) {
  const FrameRate ntsc{30000, 1001};
  EXPECT_EQ(ntsc.time_of(0), core::Time{});
  EXPECT_EQ(ntsc.time_of(30000), core::from_seconds(1001));
  EXPECT_EQ(ntsc.frames_in(core::from_seconds(1001)), 30000);
  EXPECT_EQ(ntsc.frames_in(core::Time{1}), 1);
}

}  // namespace
}  // namespace reelwright::media

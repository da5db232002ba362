#include "speech/spread_sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelwright::speech {
namespace {

using ::testing::ElementsAre;

std::vector<int> sample_of(int count) {
  SpreadSample<int> sample(4);
  for (int i = 0; i < count; ++i) sample.add(i);
  return sample.items();
}

TEST(SpreadSample, KeepsFewAndSpreadsThemOverAll) {
  EXPECT_THAT(sample_of(0), ElementsAre());
  EXPECT_THAT(sample_of(3), ElementsAre(0, 1, 2));
  EXPECT_THAT(sample_of(4), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(sample_of(5), ElementsAre(0, 2, 4));
  EXPECT_THAT(sample_of(7), ElementsAre(0, 2, 4, 6));
  EXPECT_THAT(sample_of(9), ElementsAre(0, 4, 8));
  EXPECT_THAT(sample_of(100), ElementsAre(0, 32, 64, 96));
}

}  // namespace
}  // namespace reelwright::speech

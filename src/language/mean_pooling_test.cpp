#include "language/mean_pooling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace reelwright::language {
namespace {

using ::testing::ElementsAre;

TEST(MeanPooling, CountsTheTokensOfTheMaskAlone) {
  const float wrong = std::numeric_limits<float>::quiet_NaN();
  const inference::Tensor hidden{{2, 3, 2}, {1, 10, 2, 20, 6, 60, /**/ 4, -8, wrong, wrong, wrong, wrong}};
  const inference::IntegerTensor mask{{2, 3}, {1, 1, 1, /**/ 1, 0, 0}};
  const Embeddings pooled = mean_pooled(hidden, mask);
  EXPECT_EQ(pooled.texts, 2U);
  EXPECT_EQ(pooled.width, 2U);
  EXPECT_THAT(pooled[0], ElementsAre(3, 30));
  EXPECT_THAT(pooled[1], ElementsAre(4, -8));
}

TEST(MeanPooling, MasksNeedNotBeAtTheEnd) {
  const Embeddings pooled = mean_pooled({{1, 4, 1}, {100, 1, 100, 2}}, {{1, 4}, {0, 1, 0, 1}});
  EXPECT_THAT(pooled[0], ElementsAre(1.5F));
}

}  // namespace
}  // namespace reelwright::language

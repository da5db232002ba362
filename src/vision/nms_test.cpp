#include "vision/nms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace reelwright::vision {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// By the definition: again and again the best of what is left, which takes with it what it hides.
std::vector<ScoredBox> plainly(std::vector<ScoredBox> boxes, double most_overlap) {
  std::vector<ScoredBox> kept;
  while (!boxes.empty()) {
    const ScoredBox best = *std::ranges::max_element(boxes, {}, &ScoredBox::score);
    kept.push_back(best);
    std::vector<ScoredBox> left;
    for (const ScoredBox& other : boxes)
      if (other != best && (other.label != best.label || overlap(other.box, best.box) <= most_overlap))
        left.push_back(other);
    boxes = left;
  }
  return kept;
}

TEST(Nms, NothingOutOfNothing) { EXPECT_THAT(without_overlaps({}, 0.5), IsEmpty()); }

TEST(Nms, TheBestOfOverlappingBoxesStays) {
  const ScoredBox good{{0, 0, 10, 10}, 0.9, 0};
  const ScoredBox worse{{1, 0, 10, 10}, 0.8, 0};  // overlap 9 / 11
  const ScoredBox apart{{8, 0, 10, 10}, 0.7, 0};  // overlap 2 / 18
  EXPECT_THAT(without_overlaps({apart, worse, good}, 0.45), ElementsAre(good, apart));
}

TEST(Nms, ClassesDoNotHideEachOther) {
  const ScoredBox rider{{0, 0, 10, 10}, 0.9, 0};
  const ScoredBox horse{{0, 0, 10, 10}, 0.8, 17};
  EXPECT_THAT(without_overlaps({horse, rider}, 0.45), ElementsAre(rider, horse));
}

TEST(Nms, AChainIsCutAtTheBest) {
  // Each hides the next; the third is free once the second is gone.
  const ScoredBox a{{0, 0, 10, 10}, 0.9, 0};
  const ScoredBox b{{3, 0, 10, 10}, 0.8, 0};
  const ScoredBox c{{6, 0, 10, 10}, 0.7, 0};
  EXPECT_THAT(without_overlaps({a, b, c}, 0.45), ElementsAre(a, c));
}

TEST(Nms, ExactlyAsMuchAsAllowedStays) {
  const ScoredBox a{{0, 0, 3, 1}, 0.9, 0};
  const ScoredBox b{{1, 0, 3, 1}, 0.8, 0};  // overlap 2 / 4
  EXPECT_EQ(without_overlaps({a, b}, 0.5).size(), 2U);
  EXPECT_EQ(without_overlaps({a, b}, 0.4999).size(), 1U);
}

TEST(Nms, OfEqualScoresTheFirstStays) {
  const ScoredBox a{{0, 0, 10, 10}, 0.5, 0};
  const ScoredBox b{{1, 0, 10, 10}, 0.5, 0};
  EXPECT_THAT(without_overlaps({b, a}, 0.45), ElementsAre(b));
}

TEST(Nms, IsWhatTheDefinitionSays) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(0, 200);
  std::uniform_real_distribution<double> size(5, 80);
  std::uniform_real_distribution<double> share(0, 1);
  std::uniform_int_distribution<int> label(0, 4);
  for (int round = 0; round < 200; ++round) {
    std::vector<ScoredBox> boxes(static_cast<std::size_t>(round));
    for (ScoredBox& box : boxes)
      box = {{place(random), place(random), size(random), size(random)}, share(random), label(random)};
    const double most = share(random);
    ASSERT_EQ(without_overlaps(boxes, most), plainly(boxes, most)) << "round " << round;
  }
}

}  // namespace
}  // namespace reelwright::vision

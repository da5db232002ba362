#include "vision/stitch.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelwright::vision {
namespace {

core::Time at(double seconds) { return core::from_seconds(seconds); }

// Seen five times a second in [from, to) around `x`, with a sample of motion each time.
TrackedSubject seen(int id, double from, double to, double x, double width = 100,
                    Subject subject = Subject::face) {
  TrackedSubject result;
  result.track.id = id;
  result.track.subject = subject;
  for (double t = from; t < to - 1e-9; t += 0.2) {
    result.track.sightings.push_back({at(t), around(x, 300, width, width)});
    result.motion.push_back({at(t), {}});
  }
  return result;
}

const std::vector<Shot> one_shot{{.span = {at(0), at(20)}}};

TEST(Stitch, OneWhoComesBackToTheSamePlaceIsTheSame) {
  const auto all = stitch({seen(0, 0, 2, 500), seen(1, 3.5, 6, 540)}, one_shot);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].track.sightings.front().time, at(0));
  EXPECT_EQ(all[0].track.sightings.back().time, at(5.9));
  EXPECT_EQ(all[0].motion.size(), all[0].track.sightings.size());
}

TEST(Stitch, OneElsewhereLaterOrOfAnotherSizeIsAnother) {
  const TrackedSubject first = seen(0, 0, 2, 500);
  EXPECT_EQ(stitch({first, seen(1, 3, 6, 800)}, one_shot).size(), 2U) << "elsewhere";
  EXPECT_EQ(stitch({first, seen(1, 6, 8, 500)}, one_shot).size(), 2U) << "too long away";
  EXPECT_EQ(stitch({first, seen(1, 3, 6, 500, 200)}, one_shot).size(), 2U) << "twice the size";
  EXPECT_EQ(stitch({first, seen(1, 3, 6, 500, 100, Subject::person)}, one_shot).size(), 2U) << "no face";
  EXPECT_EQ(stitch({first, seen(1, 1, 6, 520)}, one_shot).size(), 2U) << "both are there at once";
}

TEST(Stitch, NobodyIsCarriedOverACut) {
  const std::vector<Shot> shots{{.span = {at(0), at(2)}}, {.span = {at(2), at(4)}}};
  const auto all = stitch({seen(7, 0, 4, 500)}, shots);
  ASSERT_EQ(all.size(), 2U);
  for (const TrackedSubject& piece : all) {
    EXPECT_EQ(piece.track.sightings.size(), 10U);
    EXPECT_EQ(piece.motion.size(), 10U);
  }
  EXPECT_LT(all[0].track.sightings.back().time, at(2));
  EXPECT_GE(all[1].track.sightings.front().time, at(2));
}

TEST(Stitch, AGlimpseIsChance) {
  EXPECT_TRUE(stitch({seen(0, 1, 1.2, 500)}, one_shot).empty());
  EXPECT_EQ(stitch({seen(0, 1, 1.4, 500)}, one_shot).size(), 1U);
}

TEST(Stitch, IdsAreGivenAnew) {
  const auto all = stitch({seen(31, 0, 2, 200), seen(30, 0, 2, 900)}, one_shot);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].track.id, 0);
  EXPECT_EQ(all[1].track.id, 1);
}

TEST(Stitch, OneSightingIsAllThatAShotOfAFewFramesCanGive) {
  const std::vector<Shot> shots{{.span = {at(0), at(0.12)}}, {.span = {at(0.12), at(4)}}};
  const auto all = stitch({seen(0, 0, 0.1, 300), seen(1, 0.12, 4, 900), seen(2, 2, 2.1, 1500)}, shots);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_DOUBLE_EQ(centre_x(all[0].track.sightings[0].box), 300);
  EXPECT_DOUBLE_EQ(centre_x(all[1].track.sightings[0].box), 900);
}

}  // namespace
}  // namespace reelwright::vision

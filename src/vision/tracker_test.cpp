#include "vision/tracker.h"

#include <gtest/gtest.h>

#include <random>

#include "vision/subject_path.h"

namespace reelwright::vision {
namespace {

using core::Time;

constexpr Time look{200'000};

Detection face(double x, double y = 300, double width = 100) {
  return {around(x, y, width, width), Subject::face, 1};
}

TEST(Tracker, FollowsTwoWhoPassEachOther) {
  Tracker tracker;
  for (int i = 0; i < 30; ++i) {
    // They swap sides; one is higher, so that they come near without being one.
    std::vector<Detection> seen{face(200 + i * 30.0, 300), face(1100 - i * 30.0, 420)};
    if (i % 2 == 1) std::swap(seen[0], seen[1]);
    tracker.update(look * i, seen, 3);
  }
  const std::vector<Track> tracks = tracker.take();
  ASSERT_EQ(tracks.size(), 2U);
  for (const Track& track : tracks) {
    ASSERT_EQ(track.sightings.size(), 30U);
    for (const Sighting& sighting : track.sightings) EXPECT_EQ(sighting.box.y, track.sightings[0].box.y);
  }
}

TEST(Tracker, ChoosesThePairsThatAreBestTogether) {
  Tracker tracker;
  tracker.update(Time{0}, {face(100), face(180)}, 3);
  // Taking the nearest first would leave the second without a partner.
  tracker.update(look, {face(158), face(238)}, 3);
  ASSERT_EQ(tracker.tracks().size(), 2U);
  EXPECT_DOUBLE_EQ(centre_x(tracker.tracks()[0].sightings[1].box), 158);
  EXPECT_DOUBLE_EQ(centre_x(tracker.tracks()[1].sightings[1].box), 238);
}

TEST(Tracker, OutlivesAGapButNotALongOne) {
  Tracker tracker;
  tracker.update(Time{0}, {face(400)}, 3);
  for (int i = 1; i <= 3; ++i) tracker.update(look * i, {}, 3);
  EXPECT_EQ(tracker.predict(look * 4).size(), 1U);
  tracker.update(look * 4, {face(405)}, 3);
  EXPECT_EQ(tracker.tracks().size(), 1U);
  for (int i = 5; i <= 8; ++i) tracker.update(look * i, {}, 3);
  tracker.update(look * 9, {face(405)}, 3);
  EXPECT_EQ(tracker.tracks().size(), 2U);
}

TEST(Tracker, ACutEndsAllTracks) {
  Tracker tracker;
  tracker.update(Time{0}, {face(400)}, 3);
  tracker.cut();
  tracker.update(look, {face(400)}, 3);
  EXPECT_EQ(tracker.tracks().size(), 2U);
}

TEST(Tracker, FacesAndPeopleAreKeptApart) {
  Tracker tracker;
  tracker.update(Time{0}, {face(400)}, 3);
  Detection person = face(400);
  person.subject = Subject::person;
  tracker.update(look, {person}, 3);
  EXPECT_EQ(tracker.tracks().size(), 2U);
}

TEST(Tracker, PredictsAlongTheMotion) {
  Tracker tracker;
  for (int i = 0; i < 15; ++i) tracker.update(look * i, {face(100 + i * 20.0)}, 3);
  const auto predictions = tracker.predict(look * 15);
  ASSERT_EQ(predictions.size(), 1U);
  EXPECT_NEAR(centre_x(predictions[0].box), 400, 8);
}

TEST(SubjectPath, TakesTheTrembleOutAndKeepsTheMotion) {
  std::mt19937 random(3);
  std::normal_distribution<double> tremble(0, 6);
  Track track;
  for (int i = 0; i < 100; ++i) {
    const double x = 300 + (i < 50 ? i : 100 - i) * 8.0;
    track.sightings.push_back({look * i, around(x + tremble(random), 300, 100 + tremble(random), 100)});
  }
  const SubjectPath path(track);
  double raw = 0;
  double smoothed = 0;
  for (int i = 0; i < 100; ++i) {
    const double truth = 300 + (i < 50 ? i : 100 - i) * 8.0;
    raw += std::abs(centre_x(track.sightings[static_cast<std::size_t>(i)].box) - truth);
    smoothed += std::abs(centre_x(path.at(look * i)) - truth);
  }
  EXPECT_LT(smoothed, raw * 0.8);
  EXPECT_NEAR(centre_x(path.at(look * 25 + look / 2)), 300 + 25.5 * 8, 12);
  EXPECT_EQ(path.at(Time{-1'000'000}).x, path.at(Time{0}).x);
  EXPECT_EQ(path.at(look * 500).x, path.at(look * 99).x);
}

}  // namespace
}  // namespace reelwright::vision

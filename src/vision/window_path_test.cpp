#include "vision/window_path.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

namespace reelwright::vision {
namespace {

const Stage stage{1920, 1080, 9.0 / 16};
constexpr double width = 607.5;

core::Time at(double seconds) { return core::from_seconds(seconds); }

SubjectPath face(const std::function<double(double)>& x, double y = 400) {
  Track track{.id = 0, .subject = Subject::face, .sightings = {}};
  for (int i = 0; i <= 50; ++i) track.sightings.push_back({at(i * 0.2), around(x(i * 0.2), y, 120, 120)});
  return SubjectPath(track);
}

// The window's left edge on every frame of ten seconds; checks that it stays in the picture.
std::vector<double> places(const std::vector<SubjectPath>& subjects) {
  const WindowPath path(subjects, {at(0), at(10)}, width, 1080, stage);
  std::vector<double> result;
  for (int i = 0; i < 250; ++i) {
    const Box window = path.at(at(i / 25.0));
    EXPECT_DOUBLE_EQ(window.width, width);
    EXPECT_GE(window.x, 0);
    EXPECT_LE(window.x + window.width, 1920.001);
    EXPECT_DOUBLE_EQ(window.y, 0) << "as high as the picture";
    result.push_back(window.x);
  }
  return result;
}

TEST(WindowPath, StandsStillOnOneWhoStands) {
  const auto path = places({face([](double) { return 900; })});
  for (const double place : path) EXPECT_EQ(place, path.front());
  EXPECT_NEAR(path.front() + width / 2, 900, 1);
}

TEST(WindowPath, StandsStillOnOneWhoSways) {
  const auto path = places({face([](double t) { return 900 + 60 * std::sin(t * 2); })});
  for (const double place : path) EXPECT_EQ(place, path.front());
}

TEST(WindowPath, FollowsOneWhoWalksAndNeverTurnsBack) {
  const auto walk = [](double t) { return 400 + 110 * t; };
  const auto path = places({face(walk)});
  EXPECT_GT(path.back() - path.front(), 600);
  for (std::size_t i = 1; i < path.size(); ++i) EXPECT_GE(path[i], path[i - 1] - 1e-6) << i;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const double x = walk(static_cast<double>(i) / 25);
    EXPECT_GT(x - 60, path[i]) << i;
    EXPECT_LT(x + 60, path[i] + width) << i;
  }
}

TEST(WindowPath, AStepAsideAndBackDoesNotMoveIt) {
  const auto path = places({face([](double t) { return t > 4 && t < 5 ? 1050 : 900; })});
  for (const double place : path) EXPECT_NEAR(place, path.front(), 1);
}

TEST(WindowPath, AtTheEdgeOfThePictureItStopsThere) {
  for (const double place : places({face([](double) { return 40; })})) EXPECT_EQ(place, 0);
  for (const double place : places({face([](double) { return 1890; })}))
    EXPECT_NEAR(place, 1920 - width, 0.001);
}

TEST(WindowPath, HoldsTwoBetweenThem) {
  const auto path = places({face([](double) { return 800; }), face([](double) { return 1000; })});
  EXPECT_NEAR(path.front() + width / 2, 900, 5);
}

}  // namespace
}  // namespace reelwright::vision

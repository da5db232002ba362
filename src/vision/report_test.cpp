#include "vision/report.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

namespace reelwright::vision {
namespace {

constexpr double rate = 25;

core::Time at(double seconds) { return core::from_seconds(seconds); }

// Ten seconds of 1920x1080 with a face that stands at x = 600, seen five times a second.
Analysis one_face() {
  Analysis analysis;
  analysis.width = 1920;
  analysis.height = 1080;
  TrackedSubject subject;
  for (int i = 0; i < 50; ++i) subject.track.sightings.push_back({at(i * 0.2), around(600, 400, 120, 120)});
  analysis.subjects.push_back(subject);
  return analysis;
}

CropPath path(const std::function<double(double)>& middle, Layout layout = Layout::crop) {
  CropPath made{.width = 1920, .height = 1080, .keyframes = {}};
  for (int i = 0; i < 250; ++i) {
    const double t = i / rate;
    made.keyframes.push_back({at(t), layout, {around(middle(t), 540, 608, 1080)}});
  }
  return made;
}

std::vector<Scene> one_scene() {
  return {{.span = {at(0), at(10)}, .whole = {at(0), at(10)}, .layout = Layout::crop, .subjects = {0}}};
}

TEST(FramingReport, OfNothingIsZero) {
  const FramingReport report = measure({}, {}, {});
  EXPECT_EQ(report.subject_share, 0);
  EXPECT_EQ(report.inside_share, 0);
}

TEST(FramingReport, ASubjectThatIsHeldIsInside) {
  const FramingReport report = measure(path([](double) { return 600; }), one_face(), one_scene());
  EXPECT_DOUBLE_EQ(report.subject_share, 1);
  EXPECT_DOUBLE_EQ(report.inside_share, 1);
  EXPECT_DOUBLE_EQ(report.crop_share, 1);
  EXPECT_DOUBLE_EQ(report.reversals_per_second, 0);
  EXPECT_DOUBLE_EQ(report.jerk, 0);
}

TEST(FramingReport, AWindowElsewhereHoldsNobody) {
  const FramingReport report = measure(path([](double) { return 1500; }), one_face(), one_scene());
  EXPECT_DOUBLE_EQ(report.subject_share, 1) << "somebody is there";
  EXPECT_DOUBLE_EQ(report.inside_share, 0) << "and not shown";
}

TEST(FramingReport, HalfTheTimeIsHalfTheShare) {
  const FramingReport report =
      measure(path([](double t) { return t < 5 ? 600 : 1500; }), one_face(), one_scene());
  EXPECT_NEAR(report.inside_share, 0.5, 0.01);
}

TEST(FramingReport, WhoWasSeenLastLongAgoIsNotThere) {
  Analysis analysis = one_face();
  analysis.subjects[0].track.sightings.resize(20);  // until 3.8 s, and remembered for one more
  const FramingReport report = measure(path([](double) { return 600; }), analysis, one_scene());
  EXPECT_NEAR(report.subject_share, 0.48, 0.01);
  EXPECT_DOUBLE_EQ(report.inside_share, 1);
}

TEST(FramingReport, CountsTurnsAndNotTheWay) {
  const auto sway = [](double t) { return 600 + 40 * std::sin(2 * M_PI * t / 4); };  // turns every 2 s
  const FramingReport report = measure(path(sway), one_face(), one_scene());
  EXPECT_NEAR(report.reversals_per_second, 0.5, 0.05);
  EXPECT_GT(report.jerk, 0);
  const auto drift = [](double t) { return 560 + 10 * t; };
  EXPECT_EQ(measure(path(drift), one_face(), one_scene()).reversals_per_second, 0);
}

TEST(FramingReport, ACutIsNoMotion) {
  std::vector<Scene> scenes = one_scene();
  scenes.push_back(scenes[0]);
  scenes[0].span.end = scenes[1].span.start = at(5);
  const auto jump = [](double t) { return t < 5 ? 600 : 640; };
  EXPECT_GT(measure(path(jump), one_face(), one_scene()).jerk, 0);
  EXPECT_EQ(measure(path(jump), one_face(), scenes).jerk, 0);
}

TEST(FramingReport, SharesOfTheLayoutsAddUp) {
  CropPath mixed = path([](double) { return 600; });
  for (std::size_t i = 0; i < 50; ++i) mixed.keyframes[i].layout = Layout::fit;
  for (std::size_t i = 50; i < 75; ++i) mixed.keyframes[i].layout = Layout::stacked;
  const FramingReport report = measure(mixed, one_face(), one_scene());
  EXPECT_DOUBLE_EQ(report.fit_share, 0.2);
  EXPECT_DOUBLE_EQ(report.stacked_share, 0.1);
  EXPECT_DOUBLE_EQ(report.crop_share, 0.7);
}

}  // namespace
}  // namespace reelwright::vision

#include "vision/scenes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "vision/camera.h"
#include "vision/report.h"
#include "vision/subject_path.h"

namespace reelwright::vision {
namespace {

using core::Time;

constexpr Stage upright{1920, 1080, 9.0 / 16};

Time at(double seconds) { return core::from_seconds(seconds); }

/// A face of 160 pixels whose middle moves as `x`; it talks where `talks` says.
template <typename X, typename Talks>
TrackedSubject face(double from, double to, X x, Talks talks) {
  TrackedSubject subject;
  for (double t = from; t < to; t += 0.2)
    subject.track.sightings.push_back({at(t), around(x(t), 420, 160, 160)});
  for (double t = from; t < to; t += 0.08) {
    const double mouth = talks(t) ? 0.15 + 0.05 * std::sin(t * 15) : 0.001;
    subject.motion.push_back({at(t), {mouth, talks(t) ? 0.05 : 0.001}});
  }
  return subject;
}

TrackedSubject still_face(double x, double from = 0, double to = 20) {
  return face(from, to, [x](double) { return x; }, [](double) { return true; });
}

Analysis analysis(std::vector<TrackedSubject> subjects, std::vector<Shot> shots = {{{Time{0}, at(20)}}}) {
  return {1920, 1080, std::move(shots), std::move(subjects), "none"};
}

CropPath path_of(const Analysis& seen, const Stage& stage = upright) {
  return lay_camera(seen, plan_scenes(seen, {}, stage), stage, {Time{0}, at(20)}, 30);
}

void expect_inside(const CropPath& path) {
  for (const Keyframe& keyframe : path.keyframes) {
    for (const media::Window& window : keyframe.windows) {
      ASSERT_GE(window.x, -1e-6);
      ASSERT_GE(window.y, -1e-6);
      ASSERT_LE(window.x + window.width, path.width + 1e-6);
      ASSERT_LE(window.y + window.height, path.height + 1e-6);
    }
  }
}

TEST(Scenes, NobodyShowsTheWholePicture) {
  const Analysis seen = analysis({});
  EXPECT_EQ(plan_scenes(seen, {}, upright),
            (std::vector<Scene>{{{Time{0}, at(20)}, {Time{0}, at(20)}, Layout::fit, {}}}));
  const CropPath path = path_of(seen);
  ASSERT_EQ(path.keyframes.size(), 600U);
  EXPECT_EQ(path.keyframes[300].windows[0], (media::Window{0, 0, 1920, 1080}));
}

/// Something other than a face that stands at `x` from one second to another.
TrackedSubject other(Subject kind, double x, double from = 0, double to = 20) {
  TrackedSubject subject = still_face(x, from, to);
  subject.track.subject = kind;
  subject.motion.clear();
  return subject;
}

TEST(Scenes, TheMostWantedKindIsFollowed) {
  Analysis seen =
      analysis({other(Subject::vehicle, 300), other(Subject::animal, 1500), still_face(900, 0, 10)});
  seen.order = {Subject::face, Subject::person, Subject::animal, Subject::vehicle, Subject::thing};
  std::vector<Scene> scenes = plan_scenes(seen, {}, upright);
  ASSERT_EQ(scenes.size(), 2U);
  EXPECT_EQ(scenes[0].subjects, std::vector<std::size_t>{2});  // the face
  EXPECT_EQ(scenes[1].subjects, std::vector<std::size_t>{1});  // the animal, once the face is gone
  EXPECT_EQ(scenes[1].layout, Layout::crop);

  seen.order = {Subject::vehicle, Subject::face};
  scenes = plan_scenes(seen, {}, upright);
  ASSERT_EQ(scenes.size(), 1U);
  EXPECT_EQ(scenes[0].subjects, std::vector<std::size_t>{0});
}

TEST(Scenes, WhatNobodyWantsIsPassedOver) {
  Analysis seen = analysis({other(Subject::animal, 1500)});
  EXPECT_EQ(plan_scenes(seen, {}, upright)[0].layout, Layout::fit);
  const CropPath path = path_of(seen);
  EXPECT_EQ(measure(path, seen, plan_scenes(seen, {}, upright)).subject_share, 0);
  seen.order.push_back(Subject::animal);
  EXPECT_EQ(measure(path_of(seen), seen, plan_scenes(seen, {}, upright)).subject_share, 1);
}

TEST(Scenes, TheSourcesOwnShapeIsShownWhole) {
  const Stage same{1920, 1080, 16.0 / 9};
  const CropPath path = path_of(analysis({still_face(500)}), same);
  EXPECT_EQ(path.keyframes[0].layout, Layout::crop);
  EXPECT_EQ(path.keyframes[0].windows[0], (media::Window{0, 0, 1920, 1080}));
}

TEST(Scenes, OneWhoStandsStillGetsAStillWindowAroundThem) {
  const Analysis seen = analysis({still_face(1300)});
  const CropPath path = path_of(seen);
  for (const Keyframe& keyframe : path.keyframes) {
    EXPECT_EQ(keyframe.layout, Layout::crop);
    EXPECT_EQ(keyframe.windows[0], path.keyframes[0].windows[0]);
  }
  EXPECT_NEAR(centre_x(path.keyframes[0].windows[0]), 1300, 5);
  EXPECT_DOUBLE_EQ(path.keyframes[0].windows[0].width, 607.5);
  const FramingReport report = measure(path, seen, plan_scenes(seen, {}, upright));
  EXPECT_DOUBLE_EQ(report.subject_share, 1);
  EXPECT_DOUBLE_EQ(report.inside_share, 1);
  EXPECT_DOUBLE_EQ(report.reversals_per_second, 0);
  EXPECT_DOUBLE_EQ(report.jerk, 0);
}

TEST(Scenes, AWalkerStaysInsideAndTheCameraDoesNotTurnBack) {
  const auto walk = [](double t) {
    return 300 + 1300 * std::clamp((t - 5) / 6, 0.0, 1.0) + 10 * std::sin(t * 9);
  };
  const Analysis seen = analysis({face(0, 20, walk, [](double) { return true; })});
  const CropPath path = path_of(seen);
  expect_inside(path);
  for (std::size_t i = 1; i < path.keyframes.size(); ++i) {
    EXPECT_GE(path.keyframes[i].windows[0].x, path.keyframes[i - 1].windows[0].x - 1e-6);
    const double head = walk(core::to_seconds(path.keyframes[i].time));
    EXPECT_GE(head - 80, path.keyframes[i].windows[0].x);
    EXPECT_LE(head + 80, path.keyframes[i].windows[0].x + 607.5);
  }
}

TEST(Scenes, AStepAsideAndBackDoesNotMoveTheCamera) {
  const auto sway = [](double t) { return t > 9 && t < 10 ? 1120.0 : 960.0; };
  const CropPath path = path_of(analysis({face(0, 20, sway, [](double) { return true; })}));
  for (const Keyframe& keyframe : path.keyframes)
    EXPECT_EQ(keyframe.windows[0], path.keyframes[0].windows[0]);
}

TEST(Scenes, ThePathJumpsExactlyAtACut) {
  const Time cut = at(9.96);
  const CropPath path = path_of(
      analysis({still_face(400, 0, 9.9), still_face(1500, 10, 20)}, {{{Time{0}, cut}}, {{cut, at(20)}}}));
  for (const Keyframe& keyframe : path.keyframes) {
    EXPECT_NEAR(centre_x(keyframe.windows[0]), keyframe.time < cut ? 400 : 1500, 5)
        << core::to_seconds(keyframe.time);
  }
}

TEST(Scenes, TwoWhoFitAreShownTogether) {
  const CropPath path = path_of(analysis({still_face(850), still_face(1080)}));
  EXPECT_EQ(path.keyframes[0].layout, Layout::crop);
  EXPECT_NEAR(centre_x(path.keyframes[0].windows[0]), 965, 5);
}

TEST(Scenes, TwoWhoTalkInTurnAreCutBetween) {
  const auto first = face(0, 20, [](double) { return 500.0; }, [](double t) { return t < 10; });
  const auto second = face(0, 20, [](double) { return 1400.0; }, [](double t) { return t >= 10; });
  const CropPath path = path_of(analysis({first, second}));
  EXPECT_NEAR(centre_x(path.keyframes[60].windows[0]), 500, 5);
  EXPECT_NEAR(centre_x(path.keyframes[540].windows[0]), 1400, 5);
  int jumps = 0;
  for (std::size_t i = 1; i < 600; ++i)
    jumps += std::abs(path.keyframes[i].windows[0].x - path.keyframes[i - 1].windows[0].x) > 1;
  EXPECT_EQ(jumps, 1);
}

TEST(Scenes, TwoOfWhomNobodyKnowsWhoSpeaksAreStackedLeftAboveRight) {
  const Analysis seen = analysis({still_face(1400), still_face(500)});
  const CropPath path = path_of(seen);
  expect_inside(path);
  const Keyframe& keyframe = path.keyframes[100];
  ASSERT_EQ(keyframe.layout, Layout::stacked);
  ASSERT_EQ(keyframe.windows.size(), 2U);
  EXPECT_LT(centre_x(keyframe.windows[0]), centre_x(keyframe.windows[1]));
  for (const media::Window& window : keyframe.windows) {
    EXPECT_LE(window.width, 0.64 * 1920);
    EXPECT_NEAR(window.width / window.height, 9.0 / 8, 1e-6);
  }
  EXPECT_DOUBLE_EQ(measure(path, seen, plan_scenes(seen, {}, upright)).stacked_share, 1);
}

TrackedSubject near_face(double width, double swing = 0) {
  TrackedSubject near = still_face(960);
  for (Sighting& sighting : near.track.sightings) {
    const double x = 960 + swing * std::sin(core::to_seconds(sighting.time));
    sighting.box = around(x, 540, width, width);
  }
  return near;
}

TEST(Scenes, ANearFaceFillsTheWindowInsteadOfShowingTheWholePictureSmall) {
  for (const double width : {530.0, 607.5, 700.0}) {
    const CropPath path = path_of(analysis({near_face(width)}));
    EXPECT_EQ(path.keyframes[0].layout, Layout::crop) << width;
    EXPECT_NEAR(centre_x(path.keyframes[0].windows[0]), 960, 2) << width;
  }
}

TEST(Scenes, ANearFaceThatSwaysIsNeverCutAtTheCheeks) {
  const Analysis seen = analysis({near_face(650, 120)});
  const CropPath path = path_of(seen);
  expect_inside(path);
  EXPECT_DOUBLE_EQ(measure(path, seen, plan_scenes(seen, {}, upright)).inside_share, 1);
}

TEST(Scenes, AFaceThatWouldBeCutBadlyIsShownWhole) {
  EXPECT_EQ(path_of(analysis({near_face(800)})).keyframes[0].layout, Layout::fit);
}

TEST(Scenes, SomebodyWhoLeavesIsFollowedByTheWholePicture) {
  const CropPath path = path_of(analysis({still_face(700, 0, 8)}));
  EXPECT_EQ(path.keyframes[120].layout, Layout::crop);
  EXPECT_EQ(path.keyframes[450].layout, Layout::fit);
}

TEST(Scenes, ASmallFaceInTheAudienceIsPassedOver) {
  TrackedSubject audience = still_face(300);
  for (Sighting& sighting : audience.track.sightings) sighting.box = around(300, 900, 50, 50);
  const CropPath path = path_of(analysis({audience, still_face(1300)}));
  EXPECT_EQ(path.keyframes[0].layout, Layout::crop);
  EXPECT_NEAR(centre_x(path.keyframes[0].windows[0]), 1300, 5);
}

TEST(Report, CountsTurnsAndSubjectsOutside) {
  const Analysis seen = analysis({still_face(960)});
  const std::vector<Scene> scenes{{{Time{0}, at(20)}, {Time{0}, at(20)}, Layout::crop, {0}}};
  CropPath path{1920, 1080, {}};
  for (int i = 0; i < 600; ++i) {
    const double x =
        i < 300 ? 656 + 200 * std::sin(i * 0.0628) : 0;  // three periods, then away from the face
    path.keyframes.push_back({at(i / 30.0), Layout::crop, {{x, 0, 607.5, 1080}}});
  }
  const FramingReport report = measure(path, seen, scenes);
  EXPECT_NEAR(report.inside_share, 0.5, 0.01);
  EXPECT_NEAR(report.reversals_per_second, 6 / 20.0, 0.06);
  EXPECT_GT(report.jerk, 0);
}

}  // namespace
}  // namespace reelwright::vision

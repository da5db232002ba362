#include "vision/report.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "vision/boxes.h"
#include "vision/subject_path.h"

namespace reelwright::vision {

namespace {

constexpr double inside = 0.99;              // of the box's area, so that rounding does not count
constexpr double least_motion = 0.02;        // pixels a frame; less is standing still
constexpr core::Time remembered{1'000'000};  // after it was last seen, a subject still counts as there

bool holds(const Keyframe& keyframe, const Box& box) {
  return std::ranges::any_of(
      keyframe.windows, [&](const Box& window) { return common_area(window, box) >= inside * area(box); });
}

const Scene& scene_at(const std::vector<Scene>& scenes, core::Time time) {
  const auto after =
      std::ranges::upper_bound(scenes, time, {}, [](const Scene& scene) { return scene.span.start; });
  return after == scenes.begin() ? scenes.front() : *std::prev(after);
}

bool same_take(const Scene& a, const Scene& b) { return &a == &b; }

}  // namespace

FramingReport measure(const CropPath& path, const Analysis& analysis, const std::vector<Scene>& scenes) {
  FramingReport report;
  if (path.keyframes.empty() || scenes.empty()) return report;
  std::vector<SubjectPath> subjects;
  for (const TrackedSubject& subject : analysis.subjects) subjects.emplace_back(subject.track);

  double with_subject = 0, held = 0, turns = 0, jerks = 0, jerk_count = 0, seconds = 0;
  std::array<double, 3> layouts{};
  double last_direction = 0;
  const auto middle = [&](std::size_t i) { return centre_x(path.keyframes[i].windows.front()); };
  for (std::size_t i = 0; i < path.keyframes.size(); ++i) {
    const Keyframe& keyframe = path.keyframes[i];
    const Scene& scene = scene_at(scenes, keyframe.time);
    layouts[static_cast<std::size_t>(keyframe.layout)] += 1;
    bool any = false;
    bool all = true;
    for (std::size_t k = 0; k < subjects.size(); ++k) {
      const bool wanted =
          scene.subjects.empty() || std::ranges::find(scene.subjects, k) != scene.subjects.end();
      if (!wanted || keyframe.time < subjects[k].first() - remembered ||
          keyframe.time > subjects[k].last() + remembered)
        continue;
      any = true;
      all = all && holds(keyframe, clipped(subjects[k].at(keyframe.time), path.width, path.height));
    }
    with_subject += any;
    held += any && all;

    if (i == 0 || !same_take(scene, scene_at(scenes, path.keyframes[i - 1].time))) {
      last_direction = 0;
      continue;
    }
    const double dt = core::to_seconds(keyframe.time - path.keyframes[i - 1].time);
    seconds += dt;
    const double moved = middle(i) - middle(i - 1);
    if (std::abs(moved) > least_motion) {
      const double direction = moved > 0 ? 1 : -1;
      turns += last_direction != 0 && direction != last_direction;
      last_direction = direction;
    }
    if (i >= 3 && same_take(scene, scene_at(scenes, path.keyframes[i - 3].time))) {
      const double third = middle(i) - 3 * middle(i - 1) + 3 * middle(i - 2) - middle(i - 3);
      jerks += std::abs(third) / (dt * dt * dt) / path.width;
      jerk_count += 1;
    }
  }
  const double frames = static_cast<double>(path.keyframes.size());
  report.subject_share = with_subject / frames;
  report.inside_share = with_subject > 0 ? held / with_subject : 0;
  report.crop_share = layouts[0] / frames;
  report.fit_share = layouts[1] / frames;
  report.stacked_share = layouts[2] / frames;
  report.reversals_per_second = seconds > 0 ? turns / seconds : 0;
  report.jerk = jerk_count > 0 ? jerks / jerk_count : 0;
  return report;
}

}  // namespace reelwright::vision

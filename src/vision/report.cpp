#include "vision/report.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "vision/boxes.h"
#include "vision/motion.h"
#include "vision/subject_path.h"

namespace reelwright::vision {

namespace {

constexpr double inside = 0.99;              // of the box's area, so that rounding does not count
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

struct Presence {
  bool any = false;  ///< somebody to show is there
  bool all = true;   ///< and everybody is in a window
};

Presence presence(const Keyframe& keyframe, const Scene& scene, const std::vector<SubjectPath>& subjects,
                  const std::vector<Subject>& order, const CropPath& path) {
  Presence presence;
  for (std::size_t k = 0; k < subjects.size(); ++k) {
    const SubjectPath& subject = subjects[k];
    const bool wanted = scene.subjects.empty() ? std::ranges::contains(order, subject.subject())
                                               : std::ranges::contains(scene.subjects, k);
    const bool there =
        keyframe.time >= subject.first() - remembered && keyframe.time <= subject.last() + remembered;
    if (!wanted || !there) continue;
    presence.any = true;
    const Box core = core_of(subject.at(keyframe.time), subject.subject());
    presence.all = presence.all && holds(keyframe, clipped(core, path.width, path.height));
  }
  return presence;
}

}  // namespace

FramingReport measure(const CropPath& path, const Analysis& analysis, const std::vector<Scene>& scenes) {
  FramingReport report;
  if (path.keyframes.empty() || scenes.empty()) return report;
  std::vector<SubjectPath> subjects;
  subjects.reserve(analysis.subjects.size());
  for (const TrackedSubject& subject : analysis.subjects) subjects.emplace_back(subject.track);

  double with_subject = 0;
  double held = 0;
  std::array<double, 3> layouts{};
  Motion motion(path.width);
  const Scene* last_scene = nullptr;
  core::Time last{};
  for (const Keyframe& keyframe : path.keyframes) {
    const Scene& scene = scene_at(scenes, keyframe.time);
    layouts[static_cast<std::size_t>(keyframe.layout)] += 1;
    const Presence there = presence(keyframe, scene, subjects, analysis.order, path);
    with_subject += there.any;
    held += there.any && there.all;
    motion.add(centre_x(keyframe.windows.front()), core::to_seconds(keyframe.time - last),
               &scene != last_scene);
    last_scene = &scene;
    last = keyframe.time;
  }
  const double frames = static_cast<double>(path.keyframes.size());
  report.subject_share = with_subject / frames;
  report.inside_share = with_subject > 0 ? held / with_subject : 0;
  report.crop_share = layouts[0] / frames;
  report.fit_share = layouts[1] / frames;
  report.stacked_share = layouts[2] / frames;
  report.reversals_per_second = motion.turns_a_second();
  report.jerk = motion.jerk();
  return report;
}

}  // namespace reelwright::vision

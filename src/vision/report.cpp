#include "vision/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>

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

/// How the window's middle moves, over the frames of each scene apart.
class Motion {
 public:
  explicit Motion(int width) : width_(width) {}

  /// The next frame; `fresh`: it begins a scene.
  void add(double middle, double seconds, bool fresh) {
    if (fresh) {
      middles_.clear();
      direction_ = 0;
    } else {
      seconds_ += seconds;
      note_turn(middle - middles_.back());
    }
    middles_.push_back(middle);
    if (middles_.size() > 4) middles_.pop_front();
    if (middles_.size() == 4) {
      const double third = middles_[3] - 3 * middles_[2] + 3 * middles_[1] - middles_[0];
      jerks_ += std::abs(third) / (seconds * seconds * seconds) / width_;
      ++jerk_count_;
    }
  }

  double turns_a_second() const { return seconds_ > 0 ? turns_ / seconds_ : 0; }
  double jerk() const { return jerk_count_ > 0 ? jerks_ / jerk_count_ : 0; }

 private:
  void note_turn(double moved) {
    if (std::abs(moved) <= least_motion) return;
    const int direction = moved > 0 ? 1 : -1;
    turns_ += direction_ != 0 && direction != direction_;
    direction_ = direction;
  }

  int width_;
  std::deque<double> middles_;
  int direction_ = 0;
  double turns_ = 0, jerks_ = 0, seconds_ = 0;
  int jerk_count_ = 0;
};

struct Presence {
  bool any = false;  ///< somebody to show is there
  bool all = true;   ///< and everybody is in a window
};

Presence presence(const Keyframe& keyframe, const Scene& scene, const std::vector<SubjectPath>& subjects,
                  const CropPath& path) {
  Presence presence;
  for (std::size_t k = 0; k < subjects.size(); ++k) {
    const SubjectPath& subject = subjects[k];
    const bool wanted =
        scene.subjects.empty() || std::ranges::find(scene.subjects, k) != scene.subjects.end();
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
    const Presence there = presence(keyframe, scene, subjects, path);
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

#include "vision/camera.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "vision/window_path.h"

namespace reelwright::vision {

namespace {

using core::Time;

constexpr double widest_panel = 0.64;      // of the picture, so that a panel shows one person, not the room
constexpr double narrowest_panel = 0.375;  // enlarging further looks soft
constexpr double faces_a_panel = 5;        // panel widths in faces

struct Size {
  double width;
  double height;
};

Size crop_size(const Stage& stage) { return {stage.window_width(), stage.window_height()}; }

/// As tight around a face as is still sharp.
Size panel_size(const SubjectPath& subject, core::Span span, const Stage& stage) {
  const double aspect = 2 * stage.aspect;
  const double widest =
      std::min({stage.height * aspect, widest_panel * stage.width, static_cast<double>(stage.width)});
  double face = 0;
  for (const Time time : {span.start, span.start + span.duration() / 2, span.end})
    face = std::max(face, subject.at(time).width);
  const double width =
      std::clamp(faces_a_panel * face, std::min(widest, narrowest_panel * stage.width), widest);
  return {width, width / aspect};
}

/// The camera of one scene.
class SceneCamera {
 public:
  SceneCamera(const Scene& scene, const Analysis& analysis, const Stage& stage)
      : layout_(scene.layout), stage_(stage) {
    if (scene.subjects.empty()) return;
    std::vector<SubjectPath> subjects;
    subjects.reserve(scene.subjects.size());
    for (const std::size_t i : scene.subjects) subjects.emplace_back(analysis.subjects[i].track);
    if (layout_ == Layout::stacked) {
      for (const SubjectPath& subject : subjects) {
        const Size size = panel_size(subject, scene.whole, stage);
        windows_.emplace_back(std::span(&subject, 1), scene.whole, size.width, size.height, stage);
      }
    } else {
      const Size size = crop_size(stage);
      windows_.emplace_back(subjects, scene.whole, size.width, size.height, stage);
    }
  }

  Keyframe at(Time time) const {
    Keyframe keyframe{time, layout_, {}};
    for (const WindowPath& window : windows_) keyframe.windows.push_back(window.at(time));
    if (windows_.empty())
      keyframe.windows.push_back(
          {0, 0, static_cast<double>(stage_.width), static_cast<double>(stage_.height)});
    return keyframe;
  }

 private:
  Layout layout_;
  const Stage& stage_;
  std::vector<WindowPath> windows_;
};

}  // namespace

CropPath lay_camera(const Analysis& analysis, const std::vector<Scene>& scenes, const Stage& stage,
                    core::Span clip, double frame_rate) {
  CropPath path{stage.width, stage.height, {}};
  const auto frames = static_cast<long>(std::ceil(core::to_seconds(clip.duration()) * frame_rate - 1e-6));
  std::size_t current = 0;
  std::optional<SceneCamera> camera;
  for (long i = 0; i < frames; ++i) {
    const Time time = clip.start + core::from_seconds(static_cast<double>(i) / frame_rate);
    while (current + 1 < scenes.size() && time >= scenes[current].span.end) {
      ++current;
      camera.reset();
    }
    if (!camera) camera.emplace(scenes[current], analysis, stage);
    path.keyframes.push_back(camera->at(time));
  }
  return path;
}

}  // namespace reelwright::vision

#include "clips/faces_on_screen.h"

#include <algorithm>

namespace reelwright::clips {

namespace {

// Where a window is shown on the finished picture.
captions::Box panel(const vision::Keyframe& keyframe, std::size_t index, Size size) {
  const double width = size.width;
  const double height = size.height;
  if (keyframe.layout == vision::Layout::stacked)
    return {0, static_cast<double>(index) * height / 2, width, height / 2};
  if (keyframe.layout == vision::Layout::crop) return {0, 0, width, height};
  const media::Window& window = keyframe.windows[index];
  const double scale = std::min(width / window.width, height / window.height);
  return {(width - window.width * scale) / 2, (height - window.height * scale) / 2, window.width * scale,
          window.height * scale};
}

bool centre_inside(const media::Window& face, const media::Window& window) {
  const double x = face.x + face.width / 2;
  const double y = face.y + face.height / 2;
  return x >= window.x && x < window.x + window.width && y >= window.y && y < window.y + window.height;
}

captions::Box shown(const media::Window& face, const media::Window& window, const captions::Box& panel) {
  const double sx = panel.width / window.width;
  const double sy = panel.height / window.height;
  return {panel.x + (face.x - window.x) * sx, panel.y + (face.y - window.y) * sy, face.width * sx,
          face.height * sy};
}

const vision::Keyframe& keyframe_at(const vision::CropPath& path, core::Time time) {
  const auto after = std::ranges::upper_bound(path.keyframes, time, {}, &vision::Keyframe::time);
  return after == path.keyframes.begin() ? *after : *std::prev(after);
}

}  // namespace

std::vector<captions::FacesOnScreen> faces_on_screen(const vision::Framing& framing, core::Time clip_start,
                                                     Size size) {
  std::vector<captions::FacesOnScreen> result;
  if (framing.path.keyframes.empty()) return result;
  for (const vision::FacesAt& moment : framing.faces) {
    const vision::Keyframe& keyframe = keyframe_at(framing.path, moment.time);
    captions::FacesOnScreen shown_now{std::max(core::Time{}, moment.time - clip_start), {}};
    for (std::size_t i = 0; i < keyframe.windows.size(); ++i) {
      for (const media::Window& face : moment.faces) {
        if (centre_inside(face, keyframe.windows[i]))
          shown_now.boxes.push_back(shown(face, keyframe.windows[i], panel(keyframe, i, size)));
      }
    }
    result.push_back(std::move(shown_now));
  }
  return result;
}

}  // namespace reelwright::clips

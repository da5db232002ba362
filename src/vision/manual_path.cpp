#include "vision/manual_path.h"

#include <algorithm>
#include <cmath>

#include "vision/boxes.h"
#include "vision/motion.h"
#include "vision/subject_path.h"

namespace reelwright::vision {

namespace {

constexpr double inside = 0.99;  // of a face's area, so that rounding does not count

/// A function through points, by cubics that rise and fall only where the points do (Fritsch and Carlson
/// 1980, with the harmonic mean of Fritsch and Butland 1984 for the slopes).
class MonotoneCubic {
 public:
  /// `times` in seconds, rising.
  MonotoneCubic(std::vector<double> times, std::vector<double> values)
      : times_(std::move(times)), values_(std::move(values)), slopes_(times_.size(), 0) {
    for (std::size_t i = 1; i + 1 < times_.size(); ++i) {
      const double before = secant(i - 1);
      const double after = secant(i);
      if (before * after <= 0) continue;  // it turns here, or stands still on one side
      const double h = step(i - 1);
      const double k = step(i);
      slopes_[i] = 3 * (h + k) / ((2 * k + h) / before + (k + 2 * h) / after);
    }
  }

  double at(double time) const {
    const auto after = std::ranges::upper_bound(times_, time);
    if (after == times_.begin()) return values_.front();
    if (after == times_.end()) return values_.back();
    const auto i = static_cast<std::size_t>(after - times_.begin()) - 1;
    const double t = (time - times_[i]) / step(i);
    const double u = 1 - t;
    return values_[i] * u * u * (1 + 2 * t) + slopes_[i] * step(i) * t * u * u +
           values_[i + 1] * t * t * (3 - 2 * t) - slopes_[i + 1] * step(i) * t * t * u;
  }

 private:
  double step(std::size_t i) const { return times_[i + 1] - times_[i]; }
  double secant(std::size_t i) const { return (values_[i + 1] - values_[i]) / step(i); }

  std::vector<double> times_;
  std::vector<double> values_;
  std::vector<double> slopes_;
};

template <typename Side>
MonotoneCubic curve(const std::vector<ManualKeyframe>& keyframes, Side side) {
  std::vector<double> times;
  std::vector<double> values;
  for (const ManualKeyframe& keyframe : keyframes) {
    times.push_back(core::to_seconds(keyframe.time));
    values.push_back(side(keyframe));
  }
  return {std::move(times), std::move(values)};
}

/// To a thousandth of a pixel, so that a window that stands still is the very same on every frame.
double rounded(double place) { return std::round(place * 1024) / 1024; }

const Keyframe* keyframe_at(const CropPath& path, core::Time time) {
  const auto after = std::ranges::upper_bound(path.keyframes, time, {}, &Keyframe::time);
  return after == path.keyframes.begin() ? nullptr : &*std::prev(after);
}

/// As `path` shows it; who is there at all, and who looked, does not depend on the path.
FramingReport measured(const CropPath& path, const std::vector<FacesAt>& faces,
                       const std::vector<Shot>& shots, double frame_seconds, const FramingReport& before) {
  FramingReport report{.subject_share = before.subject_share, .crop_share = 1, .engine = before.engine};
  double with_face = 0;
  double held = 0;
  for (const FacesAt& moment : faces) {
    const Keyframe* keyframe = keyframe_at(path, moment.time);
    if (keyframe == nullptr || moment.faces.empty()) continue;
    with_face += 1;
    held += std::ranges::any_of(moment.faces, [&](const Box& face) {
      const Box core = clipped(core_of(face, Subject::face), path.width, path.height);
      return common_area(keyframe->windows.front(), core) >= inside * area(core);
    });
  }
  report.inside_share = with_face > 0 ? held / with_face : 0;
  Motion motion(path.width);
  auto shot = shots.begin();
  bool fresh = true;
  for (const Keyframe& keyframe : path.keyframes) {
    for (; shot != shots.end() && shot->span.end <= keyframe.time; ++shot) fresh = true;
    motion.add(centre_x(keyframe.windows.front()), frame_seconds, fresh);
    fresh = false;
  }
  report.reversals_per_second = motion.turns_a_second();
  report.jerk = motion.jerk();
  return report;
}

}  // namespace

CropPath manual_path(const std::vector<ManualKeyframe>& keyframes, const FramingRequest& request, int width,
                     int height) {
  const double aspect = static_cast<double>(request.aspect_width) / request.aspect_height;
  const double widest = std::min<double>(width, height * aspect);
  const MonotoneCubic x = curve(keyframes, [](const ManualKeyframe& k) { return k.x; });
  const MonotoneCubic y = curve(keyframes, [](const ManualKeyframe& k) { return k.y; });
  const MonotoneCubic w = curve(keyframes, [&](const ManualKeyframe& k) { return k.width.value_or(widest); });
  CropPath path{width, height, {}};
  const auto frames =
      static_cast<long>(std::ceil(core::to_seconds(request.clip.duration()) * request.frame_rate - 1e-6));
  for (long i = 0; i < frames; ++i) {
    const core::Time time =
        request.clip.start + core::from_seconds(static_cast<double>(i) / request.frame_rate);
    const double seconds = core::to_seconds(time);
    const double wide = rounded(std::min(w.at(seconds), widest));
    const double high = wide / aspect;
    path.keyframes.push_back(
        {time,
         Layout::crop,
         {{rounded(std::clamp(x.at(seconds), 0.0, std::max(0.0, width - wide))),
           rounded(std::clamp(y.at(seconds), 0.0, std::max(0.0, height - high))), wide, high}}});
  }
  return path;
}

Framing reframed(Framing framing, const std::vector<ManualKeyframe>& keyframes,
                 const FramingRequest& request) {
  framing.path = manual_path(keyframes, request, framing.path.width, framing.path.height);
  framing.report =
      measured(framing.path, framing.faces, framing.shots, 1 / request.frame_rate, framing.report);
  framing.warnings.clear();  // whom to point the camera at is the user's own affair
  return framing;
}

}  // namespace reelwright::vision

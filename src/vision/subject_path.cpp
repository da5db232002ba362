#include "vision/subject_path.h"

#include <algorithm>
#include <numeric>

#include "vision/kalman.h"

namespace reelwright::vision {

namespace {

// In widths of the subject. Sizes change slowly, so they are smoothed harder than places.
constexpr double acceleration = 3.0;
constexpr double tremble = 0.08;
constexpr double size_acceleration = 0.3;
constexpr double size_tremble = 0.12;

}  // namespace

SubjectPath::SubjectPath(const Track& track) : subject_(track.subject) {
  std::vector<double> seconds, x, y, width, height;
  for (const Sighting& sighting : track.sightings) {
    times_.push_back(sighting.time);
    seconds.push_back(core::to_seconds(sighting.time));
    x.push_back(centre_x(sighting.box));
    y.push_back(centre_y(sighting.box));
    width.push_back(sighting.box.width);
    height.push_back(sighting.box.height);
  }
  const double unit = std::accumulate(width.begin(), width.end(), 0.0) / static_cast<double>(width.size());
  x = smooth(seconds, x, acceleration * unit, tremble * unit);
  y = smooth(seconds, y, acceleration * unit, tremble * unit);
  width = smooth(seconds, width, size_acceleration * unit, size_tremble * unit);
  height = smooth(seconds, height, size_acceleration * unit, size_tremble * unit);
  for (std::size_t i = 0; i < x.size(); ++i) boxes_.push_back(around(x[i], y[i], width[i], height[i]));
}

Box SubjectPath::at(core::Time time) const {
  const auto after = std::ranges::upper_bound(times_, time);
  if (after == times_.begin()) return boxes_.front();
  if (after == times_.end()) return boxes_.back();
  const auto i = static_cast<std::size_t>(after - times_.begin());
  const double share = static_cast<double>((time - times_[i - 1]).count()) /
                       static_cast<double>((times_[i] - times_[i - 1]).count());
  const auto between = [share](double a, double b) { return a + (b - a) * share; };
  const Box& a = boxes_[i - 1];
  const Box& b = boxes_[i];
  return {between(a.x, b.x), between(a.y, b.y), between(a.width, b.width), between(a.height, b.height)};
}

Box core_of(const Box& box, Subject subject) {
  // On recordings of faces that fill the picture, ears and all take up 0.8 to 0.9 of the cascade's box.
  constexpr double ear_to_ear = 0.8;
  if (subject != Subject::face) return box;
  return around(centre_x(box), centre_y(box), ear_to_ear * box.width, box.height);
}

Box kept(const Box& box, Subject subject) {
  if (subject != Subject::face) return box;
  const double width = box.width * 1.5;
  return {centre_x(box) - width / 2, box.y - 0.45 * box.height, width, 1.7 * box.height};
}

}  // namespace reelwright::vision

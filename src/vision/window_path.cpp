#include "vision/window_path.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace reelwright::vision {

namespace {

using core::Time;
using Values = std::vector<double>;

constexpr Time step{200'000};
constexpr double sideways = 0.2;      // of the window's width: how far off its middle a subject may be
constexpr double up_and_down = 0.08;  // of its height
constexpr double largest_kept =
    0.75;  // of the window: a near head's hair may leave it, or the window would tremble with the head
constexpr double largest_core =
    0.92;  // of the window: a face that nearly fills it may tremble so much without moving it
constexpr double eyes_at = 0.36;  // of the height, from above
constexpr double eyes_in_face = 0.4;
constexpr std::size_t turn_reach = 4;  // steps to either side: excursions under 1.5 s are ironed out

template <typename Better>
Values extreme_around(const Values& values, std::size_t reach, Better better) {
  Values result(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto from = values.begin() + static_cast<long>(i > reach ? i - reach : 0);
    const auto to = values.begin() + static_cast<long>(std::min(values.size(), i + reach + 1));
    result[i] = *std::max_element(from, to, [&](double a, double b) { return better(b, a); });
  }
  return result;
}

/// Morphological opening: rises shorter than the reach to both sides are cut off.
Values without_short_rises(const Values& values) {
  return extreme_around(extreme_around(values, turn_reach, std::less{}), turn_reach, std::greater{});
}

/// Closing: dips are filled.
Values without_short_dips(const Values& values) {
  return extreme_around(extreme_around(values, turn_reach, std::greater{}), turn_reach, std::less{});
}

/// To a thousandth of a pixel, so that a window that stands still is the very same on every frame.
double rounded(double place) { return std::round(place * 1024) / 1024; }

/// Of one axis.
struct Stretch {
  double first;
  double last;
};

Stretch across(const Box& box) { return {box.x, box.x + box.width}; }
Stretch down(const Box& box) { return {box.y, box.y + box.height}; }

/// The limits of a window's left (upper) edge along one axis.
struct Axis {
  double size;     ///< of the window
  double picture;  ///< of the source
  Values low, high, target;
  Values must_low, must_high;

  /// `middle`: where the window's middle should be; `room`: how far off it may be; `whole`: what should be
  /// inside, as far as there is room, and `core` of it, before all else.
  void add(double middle, double room, Stretch whole, Stretch core) {
    low.push_back(middle - room - size / 2);
    high.push_back(middle + room - size / 2);
    target.push_back(middle - size / 2);
    const auto [first, last] = places_that_hold(whole, largest_kept);
    const auto [core_first, core_last] = places_that_hold(core, largest_core);
    must_low.push_back(std::clamp(first, core_first, core_last));
    must_high.push_back(std::clamp(last, core_first, core_last));
  }

  /// The first and the last place at which the window holds a stretch, or so much of its middle as `share` of
  /// the window.
  std::pair<double, double> places_that_hold(Stretch stretch, double share) const {
    const double middle = std::midpoint(stretch.first, stretch.last);
    const double half = std::min(stretch.last - stretch.first, share * size) / 2;
    return {middle + half - size, middle - half};
  }

  SplinePath solve() {
    low = without_short_rises(low);
    high = without_short_dips(high);
    const double most = std::max(0.0, picture - size);
    for (std::size_t k = 0; k < low.size(); ++k) {
      // What must be seen comes before what looks well.
      low[k] = std::clamp(std::clamp(low[k], must_low[k], must_high[k]), 0.0, most);
      high[k] = std::clamp(std::clamp(high[k], must_low[k], must_high[k]), 0.0, most);
      target[k] = std::clamp(target[k], 0.0, most);
    }
    return l1_path(low, high, target);
  }
};

/// The height in the picture that should come at `eyes_at` of the window.
double eye_level(const Box& box, Subject subject) {
  if (subject == Subject::face) return box.y + eyes_in_face * box.height;
  return box.y + (subject == Subject::person ? 0.1 : 0.35) * box.height;
}

std::size_t steps_in(core::Span span) {
  return static_cast<std::size_t>((span.duration() + step - Time{1}) / step) + 1;
}

std::pair<Axis, Axis> limits(std::span<const SubjectPath> subjects, core::Span span, double width,
                             double height, const Stage& stage) {
  Axis x{width, static_cast<double>(stage.width), {}, {}, {}, {}, {}};
  Axis y{height, static_cast<double>(stage.height), {}, {}, {}, {}, {}};
  for (std::size_t k = 0; k < steps_in(span); ++k) {
    const Time time = std::min(span.end, span.start + step * static_cast<long>(k));
    Box all = kept(subjects[0].at(time), subjects[0].subject());
    Box core = core_of(subjects[0].at(time), subjects[0].subject());
    double eyes = 0;
    for (const SubjectPath& subject : subjects) {
      const Box box = subject.at(time);
      all = hull(all, kept(box, subject.subject()));
      core = hull(core, core_of(box, subject.subject()));
      eyes += eye_level(box, subject.subject()) / static_cast<double>(subjects.size());
    }
    all = clipped(all, stage.width, stage.height);
    core = clipped(core, stage.width, stage.height);
    x.add(centre_x(all), sideways * width, across(all), across(core));
    y.add(eyes + (0.5 - eyes_at) * height, up_and_down * height, down(all), down(core));
  }
  return {std::move(x), std::move(y)};
}

}  // namespace

WindowPath::WindowPath(std::span<const SubjectPath> subjects, core::Span span, double width, double height,
                       const Stage& stage)
    : start_(span.start), width_(width), height_(height), x_({0, 0, 0, 0}), y_({0, 0, 0, 0}) {
  auto [x, y] = limits(subjects, span, width, height, stage);
  x_ = x.solve();
  y_ = y.solve();
}

Box WindowPath::at(core::Time time) const {
  const double place = core::to_seconds(time - start_) / core::to_seconds(step);
  return {rounded(x_.at(place)), rounded(y_.at(place)), width_, height_};
}

}  // namespace reelwright::vision

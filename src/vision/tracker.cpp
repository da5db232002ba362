#include "vision/tracker.h"

#include <dlib/matrix.h>
#include <dlib/optimization/max_cost_assignment.h>

#include <algorithm>

namespace reelwright::vision {

namespace {

// In face widths: how a head accelerates, and how a detector's box trembles around it.
constexpr double acceleration = 3.0;
constexpr double tremble = 0.08;
constexpr double size_acceleration = 0.5;
constexpr double least_closeness = 0.05;
constexpr long cost_scale = 1'000'000;  // dlib assigns over integers

/// 0 (apart) to 1 (the same). The overlap of boxes grown by a half, since a small face that moves fast may
/// not overlap its own prediction.
double closeness(const Box& predicted, const Detection& detection) {
  const double ratio = predicted.width / detection.box.width;
  if (ratio > 2 || ratio < 0.5) return 0;
  return overlap(grown(predicted, 1.5), grown(detection.box, 1.5));
}

}  // namespace

Box Tracker::box_at(const Live& live, core::Time time) const {
  const double seconds = core::to_seconds(time - live.time);
  const auto ahead = [seconds](Kalman filter) {
    filter.predict(seconds);
    return filter.value();
  };
  return around(ahead(live.x), ahead(live.y), std::max(1.0, ahead(live.width)),
                std::max(1.0, ahead(live.height)));
}

std::vector<Tracker::Prediction> Tracker::predict(core::Time time) const {
  std::vector<Prediction> predictions;
  predictions.reserve(live_.size());
  for (const Live& live : live_) predictions.push_back({live.track, box_at(live, time), live.misses});
  return predictions;
}

void Tracker::update(core::Time time, const std::vector<Detection>& detections, int patience) {
  const long size = static_cast<long>(std::max(live_.size(), detections.size()));
  dlib::matrix<long> cost = dlib::zeros_matrix<long>(size, size);
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const Box predicted = box_at(live_[i], time);
    for (std::size_t j = 0; j < detections.size(); ++j) {
      if (tracks_[live_[i].track].subject != detections[j].subject) continue;
      const double close = closeness(predicted, detections[j]);
      if (close >= least_closeness)
        cost(static_cast<long>(i), static_cast<long>(j)) = static_cast<long>(close * cost_scale);
    }
  }
  const std::vector<long> assigned = size > 0 ? dlib::max_cost_assignment(cost) : std::vector<long>{};

  std::vector<bool> used(detections.size(), false);
  for (std::size_t i = 0; i < live_.size(); ++i) {
    Live& live = live_[i];
    const double seconds = core::to_seconds(time - live.time);
    for (Kalman* filter : {&live.x, &live.y, &live.width, &live.height}) filter->predict(seconds);
    live.time = time;
    const auto j = static_cast<std::size_t>(assigned[i]);
    if (j >= detections.size() || cost(static_cast<long>(i), static_cast<long>(j)) == 0) {
      ++live.misses;
      continue;
    }
    used[j] = true;
    const Box& box = detections[j].box;
    live.x.correct(centre_x(box));
    live.y.correct(centre_y(box));
    live.width.correct(box.width);
    live.height.correct(box.height);
    live.misses = 0;
    tracks_[live.track].sightings.push_back({time, box});
  }
  std::erase_if(live_, [patience](const Live& live) { return live.misses > patience; });
  for (std::size_t j = 0; j < detections.size(); ++j) {
    if (!used[j]) begin(time, detections[j]);
  }
}

void Tracker::begin(core::Time time, const Detection& detection) {
  const Box& box = detection.box;
  const double unit = box.width;
  live_.push_back({tracks_.size(), Kalman(centre_x(box), acceleration * unit, tremble * unit),
                   Kalman(centre_y(box), acceleration * unit, tremble * unit),
                   Kalman(box.width, size_acceleration * unit, tremble * unit),
                   Kalman(box.height, size_acceleration * unit, tremble * unit), time, 0});
  tracks_.push_back({static_cast<int>(tracks_.size()), detection.subject, {{time, box}}});
}

}  // namespace reelwright::vision

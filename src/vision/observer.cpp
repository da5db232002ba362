#include "vision/observer.h"

#include <algorithm>
#include <iterator>

namespace reelwright::vision {

namespace {

using core::Time;

constexpr Time look_every{200'000};
constexpr Time search_every{1'000'000};
constexpr Time search_for_more_every{2'000'000};  // where faces are in sight already
constexpr Time motion_every{66'000};
// Frames come on their own grid: one that is a little early must do, or every look slips to the next frame.
constexpr Time early{10'000};
constexpr int thorough_every = 3;  // searches, while no face is in sight; and at the start of each shot
constexpr int patience = 6;        // looks without a sighting that a track survives
constexpr double zone = 1.6;       // around a predicted face, in faces
constexpr double smaller = 0.8;    // sizes looked for around a predicted one
constexpr double larger = 1.25;
constexpr int questions = 4;  // about a new track
constexpr Time others_every{400'000};
constexpr double unchanged = 12.0;  // grey levels between two views of somebody who stands still
// Between views of a slide there are 0.0 grey levels, of people who stand with their back to the camera 1.2
// to 12.
constexpr double stirring = 0.3;
constexpr double duplicate = 0.3;  // overlap above which two detections are one face

/// Keeps the better supported of boxes that overlap.
void drop_duplicates(std::vector<Detection>& detections) {
  std::ranges::stable_sort(detections, std::greater{}, &Detection::score);
  std::vector<Detection> kept;
  for (const Detection& detection : detections) {
    const bool known = std::ranges::any_of(kept, [&](const Detection& other) {
      return other.subject == detection.subject && overlap(other.box, detection.box) > duplicate;
    });
    if (!known) kept.push_back(detection);
  }
  detections = std::move(kept);
}

Pixels view_of(const media::Picture& luma, const Box& box) { return shrunk(luma, box, 16, 32); }

/// What `detector` finds, in pixels of the luma.
std::vector<Detection> found_by(Detector& detector, const View& view, Effort effort) {
  const bool in_colour = detector.traits().colour_width > 0 && view.colour.width > 0;
  if (!in_colour) return detector.detect(view.luma, effort);
  std::vector<Detection> found = detector.detect(view.colour, effort);
  const double factor = static_cast<double>(view.luma.width) / view.colour.width;
  for (Detection& detection : found) detection.box = scaled(detection.box, factor);
  return found;
}

}  // namespace

int analysis_width(int source_width) {
  // A face of 4 % of the width, as far away as a lectern on a stage, then still has the 20 pixels the cascade
  // needs.
  constexpr int wide = 480;
  return std::max(2, std::min(wide, source_width / 2 * 2));
}

bool Observer::Record::is_still() const { return compared > 0 && change < stirring * compared; }

Observer::Observer(int source_width, int source_height, Detectors detectors)
    : width_(source_width),
      height_(source_height),
      detectors_(std::move(detectors)),
      others_first_(!detectors_.order.empty() && detectors_.order.front() != Subject::face) {}

std::string Observer::engine() const { return detectors_.faces->name() + " + " + detectors_.others->name(); }

void Observer::observe(const View& view, Time time, bool new_shot) {
  const media::Picture& luma = view.luma;
  scale_ = static_cast<double>(width_) / luma.width;
  if (new_shot) {
    tracker_.cut();
    searches_ = 0;
    in_sight_ = false;
  }
  const bool first = !started_ || new_shot;
  const bool everywhere =
      first || time - last_search_ + early >= (in_sight_ ? search_for_more_every : search_every);
  if (everywhere || time - last_look_ + early >= look_every) {
    look(view, time, everywhere || lost_);
    confirm_new(luma, time);
  }
  if (first || time - last_motion_ + early >= motion_every) {
    if (!first) measure_motion(luma, time);
    last_ = luma;
    last_motion_ = time;
  }
  started_ = true;
}

void Observer::look(const View& view, Time time, bool everywhere) {
  last_look_ = time;
  const bool all_at_once = everywhere || detectors_.faces->traits().sees_all;
  std::vector<Detection> found = all_at_once ? search(view) : look_near(view.luma, time);
  if (everywhere) last_search_ = time;
  if (!faces_suffice(found) &&
      (everywhere || (others_in_sight_ && time - last_others_ + early >= others_every))) {
    std::ranges::move(look_for_others(view, time), std::back_inserter(found));
  }
  drop_duplicates(found);
  for (Detection& detection : found) detection.box = scaled(detection.box, scale_);
  tracker_.update(time, found, patience);
  records_.resize(tracker_.tracks().size());
  remember_others(view.luma, time);
  lost_ = false;
  in_sight_ = false;
  others_in_sight_ = false;
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    if (tracker_.tracks()[live.track].subject != Subject::face) {
      others_in_sight_ = true;
      continue;
    }
    lost_ |= live.misses == 1 && !everywhere;
    in_sight_ |= live.misses == 0 && records_[live.track].confirmed > 0;
  }
}

/// OpenCV's detector of people blinks and errs, so it is asked where nothing else is found. A good one is
/// asked until a face is certain: now and then the cascades see faces in fur.
bool Observer::faces_suffice(const std::vector<Detection>& faces) const {
  if (others_first_) return false;
  return detectors_.others->traits().sees_all ? in_sight_ : !faces.empty();
}

std::vector<Detection> Observer::search(const View& view) {
  const bool thorough = searches_ == 0 || (!in_sight_ && searches_ % thorough_every == 0);
  ++searches_;
  return found_by(*detectors_.faces, view, thorough ? Effort::thorough : Effort::quick);
}

std::vector<Detection> Observer::look_near(const media::Picture& luma, Time time) {
  std::vector<Detection> found;
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    if (tracker_.tracks()[live.track].subject != Subject::face) continue;
    const Box expected = scaled(live.box, 1 / scale_);
    for (const Detection& face : detectors_.faces->detect(
             luma, grown(expected, zone), expected.width * smaller, expected.width * larger)) {
      found.push_back(face);
    }
  }
  return found;
}

std::vector<Detection> Observer::look_for_others(const View& view, Time time) {
  const media::Picture& luma = view.luma;
  last_others_ = time;
  std::vector<Detection> found = found_by(*detectors_.others, view, Effort::thorough);
  // The detector blinks: somebody whose picture has not changed since is still there.
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    const Track& track = tracker_.tracks()[live.track];
    const Pixels& before = records_[live.track].view;
    if (track.subject == Subject::face || before.empty()) continue;
    const Box last = scaled(track.sightings.back().box, 1 / scale_);
    const double change = mean_difference(before, view_of(luma, last));
    records_[live.track].change += change;
    ++records_[live.track].compared;
    const bool seen = std::ranges::any_of(found, [&](const Detection& other) {
      return other.subject == track.subject && overlap(other.box, last) > duplicate;
    });
    if (!seen && change < unchanged) found.push_back({last, track.subject, 0});
  }
  return found;
}

void Observer::remember_others(const media::Picture& luma, Time time) {
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    const Track& track = tracker_.tracks()[live.track];
    if (track.subject == Subject::face || live.misses > 0) continue;
    records_[live.track].view = view_of(luma, scaled(track.sightings.back().box, 1 / scale_));
  }
}

void Observer::confirm_new(const media::Picture& luma, Time time) {
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    Record& record = records_[live.track];
    const Track& track = tracker_.tracks()[live.track];
    if (track.subject != Subject::face || live.misses > 0 || record.confirmed > 0 ||
        record.asked >= questions)
      continue;
    ++record.asked;
    record.confirmed += !detectors_.faces->traits().errs_on_faces ||
                        confirmer_.confirms(luma, scaled(track.sightings.back().box, 1 / scale_));
  }
}

void Observer::measure_motion(const media::Picture& luma, Time time) {
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    if (tracker_.tracks()[live.track].subject != Subject::face || live.misses > 1) continue;
    records_[live.track].motion.push_back({time, face_motion(last_, luma, scaled(live.box, 1 / scale_))});
  }
}

std::vector<TrackedSubject> Observer::take() {
  std::vector<TrackedSubject> subjects;
  std::vector<Track> tracks = tracker_.take();
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    if (tracks[i].subject != Subject::face && records_[i].is_still()) continue;
    if (tracks[i].subject == Subject::face && records_[i].confirmed == 0) continue;
    subjects.push_back({std::move(tracks[i]), std::move(records_[i].motion)});
  }
  return subjects;
}

}  // namespace reelwright::vision

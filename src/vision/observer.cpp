#include "vision/observer.h"

#include <algorithm>

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
constexpr Time people_every{400'000};
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

}  // namespace

int analysis_width(int source_width) {
  // A face of 4 % of the width, as far away as a lectern on a stage, then still has the 20 pixels the cascade
  // needs.
  constexpr int wide = 480;
  return std::max(2, std::min(wide, source_width / 2 * 2));
}

bool Observer::Record::is_still() const { return compared > 0 && change < stirring * compared; }

Observer::Observer(int source_width, int source_height)
    : width_(source_width),
      height_(source_height),
      faces_(make_face_detector()),
      people_(make_person_detector()) {}

std::string Observer::engine() const { return faces_->name() + " + " + people_->name(); }

void Observer::observe(const media::Picture& luma, Time time, bool new_shot) {
  scale_ = static_cast<double>(width_) / luma.width;
  if (new_shot) {
    tracker_.cut();
    searches_ = 0;
  }
  const bool first = !started_ || new_shot;
  const bool everywhere =
      first || time - last_search_ + early >= (in_sight_ ? search_for_more_every : search_every);
  if (everywhere || time - last_look_ + early >= look_every) {
    look(luma, time, everywhere || lost_);
    confirm_new(luma, time);
  }
  if (first || time - last_motion_ + early >= motion_every) {
    if (!first) measure_motion(luma, time);
    last_ = luma;
    last_motion_ = time;
  }
  started_ = true;
}

void Observer::look(const media::Picture& luma, Time time, bool everywhere) {
  last_look_ = time;
  std::vector<Detection> found = everywhere ? search(luma) : look_near(luma, time);
  if (everywhere) last_search_ = time;
  if (found.empty() && (everywhere || (people_in_sight_ && time - last_people_ + early >= people_every))) {
    found = look_for_people(luma, time);
  }
  drop_duplicates(found);
  for (Detection& detection : found) detection.box = scaled(detection.box, scale_);
  tracker_.update(time, found, patience);
  records_.resize(tracker_.tracks().size());
  remember_people(luma, time);
  lost_ = false;
  in_sight_ = false;
  people_in_sight_ = false;
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    if (tracker_.tracks()[live.track].subject != Subject::face) {
      people_in_sight_ = true;
      continue;
    }
    lost_ |= live.misses == 1 && !everywhere;
    in_sight_ |= live.misses == 0 && records_[live.track].confirmed > 0;
  }
}

std::vector<Detection> Observer::search(const media::Picture& luma) {
  const bool thorough = searches_ == 0 || (!in_sight_ && searches_ % thorough_every == 0);
  ++searches_;
  return faces_->detect(luma, thorough ? Effort::thorough : Effort::quick);
}

std::vector<Detection> Observer::look_near(const media::Picture& luma, Time time) {
  std::vector<Detection> found;
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    if (tracker_.tracks()[live.track].subject != Subject::face) continue;
    const Box expected = scaled(live.box, 1 / scale_);
    for (const Detection& face :
         faces_->detect(luma, grown(expected, zone), expected.width * smaller, expected.width * larger)) {
      found.push_back(face);
    }
  }
  return found;
}

std::vector<Detection> Observer::look_for_people(const media::Picture& luma, Time time) {
  last_people_ = time;
  std::vector<Detection> found = people_->detect(luma, Effort::thorough);
  // The detector blinks: somebody whose picture has not changed since is still there.
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    const Track& track = tracker_.tracks()[live.track];
    const Pixels& view = records_[live.track].view;
    if (track.subject != Subject::person || view.empty()) continue;
    const Box last = scaled(track.sightings.back().box, 1 / scale_);
    const double change = mean_difference(view, view_of(luma, last));
    records_[live.track].change += change;
    ++records_[live.track].compared;
    const bool seen = std::ranges::any_of(
        found, [&](const Detection& other) { return overlap(other.box, last) > duplicate; });
    if (!seen && change < unchanged) found.push_back({last, Subject::person, 0});
  }
  return found;
}

void Observer::remember_people(const media::Picture& luma, Time time) {
  for (const Tracker::Prediction& live : tracker_.predict(time)) {
    const Track& track = tracker_.tracks()[live.track];
    if (track.subject != Subject::person || live.misses > 0) continue;
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
    record.confirmed += confirmer_.confirms(luma, scaled(track.sightings.back().box, 1 / scale_));
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
    if (tracks[i].subject == Subject::person && records_[i].is_still()) continue;
    if (tracks[i].subject == Subject::face && records_[i].confirmed == 0) continue;
    subjects.push_back({std::move(tracks[i]), std::move(records_[i].motion)});
  }
  return subjects;
}

}  // namespace reelwright::vision

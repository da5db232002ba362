#include "vision/stitch.h"

#include <algorithm>

namespace reelwright::vision {

namespace {

using core::Time;

constexpr Time longest_gap{3'000'000};
constexpr double farthest = 1.5;  // widths that a subject may be off after a gap
constexpr double size_ratio = 1.6;
constexpr std::size_t glimpse = 2;  // sightings; fewer are chance
constexpr Time blink{500'000};  // a shot too short for two looks, as where a clip begins just before a cut

template <typename Item>
std::vector<Item> within(const std::vector<Item>& items, core::Span span) {
  const auto from = std::ranges::lower_bound(items, span.start, {}, &Item::time);
  const auto to = std::ranges::lower_bound(items, span.end, {}, &Item::time);
  return {from, std::max(from, to)};
}

std::vector<TrackedSubject> pieces_of(const std::vector<TrackedSubject>& subjects, core::Span shot) {
  std::vector<TrackedSubject> pieces;
  for (const TrackedSubject& subject : subjects) {
    TrackedSubject piece{{subject.track.id, subject.track.subject, within(subject.track.sightings, shot)},
                         within(subject.motion, shot)};
    if (!piece.track.sightings.empty()) pieces.push_back(std::move(piece));
  }
  std::ranges::stable_sort(pieces, {},
                           [](const TrackedSubject& piece) { return piece.track.sightings.front().time; });
  return pieces;
}

bool may_continue(const Track& earlier, const Track& later) {
  const Sighting& last = earlier.sightings.back();
  const Sighting& first = later.sightings.front();
  if (earlier.subject != later.subject || first.time <= last.time || first.time - last.time > longest_gap)
    return false;
  const double ratio = first.box.width / last.box.width;
  const double off =
      std::hypot(centre_x(first.box) - centre_x(last.box), centre_y(first.box) - centre_y(last.box));
  return ratio < size_ratio && ratio > 1 / size_ratio && off < farthest * last.box.width;
}

void join(TrackedSubject& earlier, TrackedSubject&& later) {
  earlier.track.sightings.insert(earlier.track.sightings.end(), later.track.sightings.begin(),
                                 later.track.sightings.end());
  earlier.motion.insert(earlier.motion.end(), later.motion.begin(), later.motion.end());
  std::ranges::stable_sort(earlier.motion, {}, &MotionSample::time);
}

}  // namespace

std::vector<TrackedSubject> stitch(const std::vector<TrackedSubject>& subjects,
                                   const std::vector<Shot>& shots) {
  std::vector<TrackedSubject> all;
  for (const Shot& shot : shots) {
    std::vector<TrackedSubject> joined;
    for (TrackedSubject& piece : pieces_of(subjects, shot.span)) {
      const auto earlier = std::ranges::find_if(
          joined, [&](const TrackedSubject& other) { return may_continue(other.track, piece.track); });
      if (earlier == joined.end()) {
        joined.push_back(std::move(piece));
      } else {
        join(*earlier, std::move(piece));
      }
    }
    const std::size_t enough = shot.span.duration() < blink ? 1 : glimpse;
    std::erase_if(
        joined, [enough](const TrackedSubject& subject) { return subject.track.sightings.size() < enough; });
    std::ranges::move(joined, std::back_inserter(all));
  }
  for (std::size_t i = 0; i < all.size(); ++i) all[i].track.id = static_cast<int>(i);
  return all;
}

}  // namespace reelwright::vision

#include "vision/scenes.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "vision/absorb.h"
#include "vision/speaker.h"
#include "vision/subject_path.h"

namespace reelwright::vision {

namespace {

using core::Span;
using core::Time;
using Indices = std::vector<std::size_t>;

constexpr Time step{200'000};
constexpr Time shortest_run{2'000'000};  // of one kind of scene
constexpr Time held_before{
    1'200'000};  // that a subject is taken to be there before it is first seen, and after
constexpr Time face_held_after{1'500'000};  // it turned away, most likely
constexpr Time person_held_after{800'000};  // it left, most likely
constexpr double minor_face = 0.5;          // of the largest one's width: an audience, a picture on the wall
constexpr double minor_presence = 0.3;      // of the run
// Of the window's width. A crop of a near face loses hair, of a larger one than this the cheeks too (a face
// is about 0.8 of its box).
constexpr double largest_face = 1.25;
constexpr double together = 0.92;  // of the window's width, for a group
constexpr double aspect_tolerance = 0.01;

struct Run {
  Span span;
  std::optional<Subject> kind;  ///< of those to show; none: nobody is there
};

class Planner {
 public:
  Planner(const Analysis& analysis, const Envelope& envelope, const Stage& stage)
      : analysis_(analysis), envelope_(envelope), stage_(stage) {}

  void plan(Span shot, std::vector<Scene>& scenes) const {
    if (stage_.shows_all()) {
      scenes.push_back({shot, shot, Layout::crop, {}});
      return;
    }
    for (const Run& run : runs_of(shot)) plan_run(run, shot, scenes);
  }

 private:
  const Track& track(std::size_t index) const { return analysis_.subjects[index].track; }

  double typical_width(std::size_t index) const {
    std::vector<double> widths;
    for (const Sighting& sighting : track(index).sightings) widths.push_back(sighting.box.width);
    std::ranges::nth_element(widths, widths.begin() + static_cast<long>(widths.size() / 2));
    return widths[widths.size() / 2];
  }

  Span presence(std::size_t index) const {
    const Time held_after = track(index).subject == Subject::face ? face_held_after : person_held_after;
    return {track(index).sightings.front().time - held_before,
            track(index).sightings.back().time + held_after};
  }

  double share_present(std::size_t index, Span span) const {
    const Span there = presence(index);
    const Time common = std::min(there.end, span.end) - std::max(there.start, span.start);
    return std::max(0.0, core::to_seconds(common) / core::to_seconds(span.duration()));
  }

  /// The shot's subjects of one kind, without the much smaller ones.
  Indices subjects_in(Span span, Subject kind) const {
    Indices found;
    double largest = 0;
    for (std::size_t i = 0; i < analysis_.subjects.size(); ++i) {
      if (track(i).subject != kind || !presence(i).overlaps(span) || !span.overlaps(seen(i))) continue;
      found.push_back(i);
      largest = std::max(largest, typical_width(i));
    }
    std::erase_if(found, [&](std::size_t i) { return typical_width(i) < minor_face * largest; });
    return found;
  }

  Span seen(std::size_t index) const {
    return {track(index).sightings.front().time, track(index).sightings.back().time + Time{1}};
  }

  /// The most wanted kind of which there is somebody; `candidates` are in the order of kinds.
  std::optional<Subject> kind_at(Time time, const std::vector<Indices>& candidates) const {
    for (std::size_t k = 0; k < candidates.size(); ++k)
      if (std::ranges::any_of(candidates[k], [&](std::size_t i) { return presence(i).contains(time); }))
        return analysis_.order[k];
    return std::nullopt;
  }

  std::vector<Run> runs_of(Span shot) const {
    std::vector<Indices> candidates;
    candidates.reserve(analysis_.order.size());
    for (const Subject kind : analysis_.order) candidates.push_back(subjects_in(shot, kind));
    std::vector<Run> runs;
    for (Time time = shot.start; time < shot.end; time += step) {
      const std::optional<Subject> kind = kind_at(time, candidates);
      if (runs.empty() || runs.back().kind != kind) runs.push_back({{time, time}, kind});
      runs.back().span.end = std::min(time + step, shot.end);
    }
    absorb_short(
        runs, shortest_run, [](const Run& run, const Run& next) { return run.kind == next.kind; },
        [](Run&, const Run&) {});
    return runs;
  }

  void plan_run(const Run& run, Span shot, std::vector<Scene>& scenes) const {
    if (!run.kind) {
      scenes.push_back({run.span, run.span, Layout::fit, {}});
      return;
    }
    Indices subjects = subjects_in(shot, *run.kind);
    std::erase_if(subjects, [&](std::size_t i) { return share_present(i, run.span) <= 0; });
    const auto stays = [&](std::size_t i) { return share_present(i, run.span) >= minor_presence; };
    if (std::ranges::any_of(subjects, stays))
      std::erase_if(subjects, [&](std::size_t i) { return !stays(i); });
    if (subjects.empty()) {  // absorbed from a run of another kind
      scenes.push_back({run.span, run.span, Layout::fit, {}});
    } else if (subjects.size() == 1 || fit_together(subjects, run.span)) {
      push_crop(run.span, run.span, subjects, scenes);
    } else if (run.kind != Subject::face) {
      push_crop(run.span, run.span, {most_present(subjects, run.span)}, scenes);
    } else {
      plan_speakers(run.span, subjects, scenes);
    }
  }

  void push_crop(Span span, Span whole, const Indices& subjects, std::vector<Scene>& scenes) const {
    const bool cut_off = std::ranges::any_of(subjects, [&](std::size_t i) {
      return track(i).subject == Subject::face && typical_width(i) > largest_face * stage_.window_width();
    });
    if (cut_off) {
      scenes.push_back({span, span, Layout::fit, {}});
    } else {
      scenes.push_back({span, whole, Layout::crop, subjects});
    }
  }

  bool fit_together(const Indices& subjects, Span span) const {
    std::vector<SubjectPath> paths;
    for (const std::size_t i : subjects) paths.emplace_back(track(i));
    for (Time time = span.start; time < span.end; time += step) {
      Box all = kept(paths[0].at(time), paths[0].subject());
      for (const SubjectPath& path : paths) all = hull(all, kept(path.at(time), path.subject()));
      if (all.width > together * stage_.window_width() || all.height > stage_.window_height()) return false;
    }
    return true;
  }

  std::size_t most_present(const Indices& subjects, Span span) const {
    return *std::ranges::max_element(
        subjects, {}, [&](std::size_t i) { return share_present(i, span) * typical_width(i); });
  }

  void plan_speakers(Span span, Indices subjects, std::vector<Scene>& scenes) const {
    std::vector<const TrackedSubject*> candidates;
    for (const std::size_t i : subjects) candidates.push_back(&analysis_.subjects[i]);
    const Turns turns = find_turns(candidates, envelope_, span);
    if (turns.certain) {
      for (const Turn& turn : turns.turns) push_crop(turn.span, span, {subjects[turn.speaker]}, scenes);
      return;
    }
    std::ranges::stable_sort(subjects, std::greater{},
                             [&](std::size_t i) { return mouth_activity(analysis_.subjects[i], span); });
    subjects.resize(2);
    std::ranges::sort(subjects, {}, [&](std::size_t i) { return track(i).sightings.front().box.x; });
    scenes.push_back({span, span, Layout::stacked, subjects});
  }

  const Analysis& analysis_;
  const Envelope& envelope_;
  const Stage& stage_;
};

}  // namespace

double Stage::window_width() const { return std::min<double>(width, height * aspect); }
double Stage::window_height() const { return window_width() / aspect; }
bool Stage::shows_all() const {
  const double own = static_cast<double>(width) / height;
  return std::abs(own / aspect - 1) <= aspect_tolerance;
}

std::vector<Scene> plan_scenes(const Analysis& analysis, const Envelope& envelope, const Stage& stage) {
  const Planner planner(analysis, envelope, stage);
  std::vector<Scene> scenes;
  for (const Shot& shot : analysis.shots) planner.plan(shot.span, scenes);
  return scenes;
}

}  // namespace reelwright::vision

#include "captions/placement.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>

#include "core/code_points.h"

namespace reelwright::captions {

namespace {

constexpr int bands = 41;
constexpr double covered_cost = 100;  // of a face wholly under text all the time
constexpr double distance_cost =
    1.5;                            // of standing the whole picture's height away from the style's own place
constexpr double move_cost = 0.25;  // of changing the height at a cut at all

// The pages of one shot: they share a height.
struct Shot {
  std::vector<Page*> pages;
  double height = 0;
};

// Letters without case (Han, Thai, Arabic, ...) fill the whole height of a line, and lines set tight would
// touch.
bool is_tall(const std::string& text) {
  return core::any_code_point(text, [](UChar32 c) { return u_charType(c) == U_OTHER_LETTER; });
}

core::Time middle(const Page& page) { return page.span.start + page.span.duration() / 2; }

std::vector<Shot> shots_of(std::vector<Page>& pages, const std::vector<core::Time>& cuts) {
  std::vector<Shot> shots;
  auto cut = cuts.begin();
  for (Page& page : pages) {
    const auto next = std::upper_bound(cut, cuts.end(), middle(page));
    if (shots.empty() || next != cut) shots.emplace_back();
    cut = next;
    shots.back().pages.push_back(&page);
  }
  return shots;
}

// Apps show only full-screen upright pictures under controls; on all others captions stand low, as on
// television.
double preferred_middle(const Style& style, int width, int height) {
  constexpr double lower = 0.16;
  const bool upright = safe_area(width, height).bottom < height * 0.85;
  return (style.preferred_y + (upright ? 0 : lower)) * height;
}

class Placer {
 public:
  Placer(const Style& style, int width, int height, const std::vector<FacesOnScreen>& faces)
      : area_(safe_area(width, height)),
        preferred_(preferred_middle(style, width, height)),
        width_(width),
        height_(height),
        faces_(faces) {}

  // Middles of the bands a block of this height can stand in.
  double band(int index, double block) const {
    const double from = area_.top + block / 2;
    const double to = std::max(from, area_.bottom - block / 2);
    return from + (to - from) * index / (bands - 1);
  }

  double cost(const Shot& shot, int index) const {
    const double y = band(index, shot.height);
    double covered = 0;
    double shown = 0;
    for (const Page* page : shot.pages) {
      const double length = core::to_seconds(page->span.duration());
      covered += length * covered_share(*page, {(width_ - area_.width) / 2, y - shot.height / 2, area_.width,
                                                shot.height});
      shown += length;
    }
    return (shown > 0 ? covered_cost * covered / shown : 0) +
           distance_cost * std::abs(y - preferred_) / height_;
  }

  double move(const Shot& from, int a, const Shot& to, int b) const {
    const double distance = std::abs(band(a, from.height) - band(b, to.height)) / height_;
    return distance < 0.03 ? 0 : move_cost;
  }

 private:
  // Mean share of the faces' height under the band while the page is shown. Heights, not areas: text over the
  // mouth of a large face is as bad as over a small one.
  double covered_share(const Page& page, const Box& band) const {
    auto at = std::ranges::upper_bound(faces_, page.span.start, {}, &FacesOnScreen::time);
    if (at != faces_.begin()) --at;
    double sum = 0;
    int looks = 0;
    for (; at != faces_.end() && at->time < page.span.end; ++at, ++looks) {
      double worst = 0;
      for (const Box& face : at->boxes) worst = std::max(worst, overlap(face, band));
      sum += worst;
    }
    return looks > 0 ? sum / looks : 0;
  }

  static double overlap(const Box& face, const Box& band) {
    const bool beside = face.right() <= band.x || face.x >= band.right();
    const double common = std::min(face.bottom(), band.bottom()) - std::max(face.y, band.y);
    return beside || common <= 0 || face.height <= 0 ? 0 : common / std::min(face.height, band.height);
  }

  SafeArea area_;
  double preferred_;
  int width_;
  int height_;
  const std::vector<FacesOnScreen>& faces_;
};

// The cheapest band for every shot.
std::vector<int> best_bands(const std::vector<Shot>& shots, const Placer& placer) {
  std::vector<std::vector<double>> cost(shots.size(), std::vector<double>(bands));
  std::vector<std::vector<int>> from(shots.size(), std::vector<int>(bands));
  for (std::size_t s = 0; s < shots.size(); ++s) {
    for (int b = 0; b < bands; ++b) {
      double best = s == 0 ? 0 : std::numeric_limits<double>::infinity();
      for (int a = 0; s > 0 && a < bands; ++a) {
        const double reached = cost[s - 1][a] + placer.move(shots[s - 1], a, shots[s], b);
        if (reached < best) best = reached, from[s][b] = a;
      }
      cost[s][b] = best + placer.cost(shots[s], b);
    }
  }
  std::vector<int> chosen(shots.size());
  chosen.back() = static_cast<int>(std::ranges::min_element(cost.back()) - cost.back().begin());
  for (std::size_t s = shots.size() - 1; s > 0; --s) chosen[s - 1] = from[s][chosen[s]];
  return chosen;
}

}  // namespace

double line_distance(const Page& page, const Style& style, int width, int height) {
  const double pitch = is_tall(page.text()) ? std::max(style.line_pitch, 1.0) : style.line_pitch;
  return pitch * type_size(style, width, height);
}

double block_height(const Page& page, const Style& style, int width, int height) {
  const double type = type_size(style, width, height);
  const double pitch = line_distance(page, style, width, height);
  const double lines = static_cast<double>(page.lines.size());
  return page.scale * (type + (lines - 1) * pitch) + 2 * (style.border + style.shadow) * type;
}

void place_captions(std::vector<Page>& pages, const Style& style, int width, int height,
                    const std::vector<FacesOnScreen>& faces, const std::vector<core::Time>& cuts) {
  if (pages.empty()) return;
  std::vector<Shot> shots = shots_of(pages, cuts);
  for (Shot& shot : shots) {
    for (const Page* page : shot.pages)
      shot.height = std::max(shot.height, block_height(*page, style, width, height));
  }
  const Placer placer(style, width, height, faces);
  const std::vector<int> chosen = best_bands(shots, placer);
  for (std::size_t s = 0; s < shots.size(); ++s) {
    for (Page* page : shots[s].pages) page->center_y = placer.band(chosen[s], shots[s].height);
  }
}

}  // namespace reelwright::captions

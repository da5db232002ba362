#include "vision/shot_detector.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace reelwright::vision {

namespace {

constexpr int thumbnail_width = 64;
constexpr int thumbnail_height = 36;
constexpr std::size_t reach = 5;        // frames on either side that an adaptive threshold looks at
constexpr std::size_t persistence = 4;  // frames after which a flash is over
constexpr double least_change = 4.0;    // grey levels; sensor noise and compression stay under 2
// Motion begins and ends softly, so a weak change must stand out from the largest around it, not from the
// mean.
constexpr double strong_change = 10.0;
constexpr double outstanding = 3.5;  // times the change around it
constexpr double lasting = 0.5;      // share of the change that must remain
constexpr double black = 26.0;       // mean grey level of a black frame at most; video black is 16, not 0
constexpr core::Time shortest_shot{300'000};

double mean_of(const Pixels& pixels) {
  return static_cast<double>(std::accumulate(pixels.begin(), pixels.end(), 0L)) /
         static_cast<double>(pixels.size());
}

}  // namespace

bool ShotDetector::add(const media::Picture& luma, core::Time time) {
  Entry entry{time, shrunk(luma, thumbnail_width, thumbnail_height), 0, 0};
  entry.level = mean_of(entry.thumbnail);
  double recent = 0;
  std::size_t count = 0;
  if (!entries_.empty()) {
    entry.change = mean_difference(entries_.back().thumbnail, entry.thumbnail);
    for (auto past = entries_.rbegin(); past != entries_.rend() && count < reach; ++past, ++count)
      recent += past->change;
    recent /= static_cast<double>(count);
  }
  const bool sudden = entry.change >= least_change && entry.change >= outstanding * recent;
  const bool returns = entry.level >= black && !entries_.empty() && entries_.back().level < black;
  entries_.push_back(std::move(entry));
  while (judged_ + reach < entries_.size()) judge(judged_++);
  while (judged_ > reach) {
    entries_.pop_front();
    --judged_;
  }
  return sudden || returns;
}

std::vector<core::Time> ShotDetector::finish() {
  while (judged_ < entries_.size()) judge(judged_++);
  entries_.clear();
  return std::move(cuts_);
}

void ShotDetector::judge(std::size_t index) {
  const Entry& entry = entries_[index];
  if (entry.level < black) {
    if (!darkest_ || entry.level < darkest_level_) {
      darkest_ = entry.time;
      darkest_level_ = entry.level;
    }
  } else {
    if (darkest_ && seen_picture_) note_cut(*darkest_, entry.change);
    darkest_.reset();
    seen_picture_ = true;
  }
  if (index == 0) return;
  if (entry.change < least_change) return;

  const std::size_t from = index > reach ? index - reach : 1;
  const std::size_t to = std::min(entries_.size() - 1, index + reach);
  double sum = 0;
  double largest = 0;
  for (std::size_t i = from; i <= to; ++i) {
    if (i == index) continue;
    sum += entries_[i].change;
    largest = std::max(largest, entries_[i].change);
  }
  const double mean = to > from ? sum / static_cast<double>(to - from) : 0;
  if (entry.change < outstanding * (entry.change < strong_change ? largest : mean)) return;

  const std::size_t before = index > persistence ? index - persistence : 0;
  const std::size_t after = std::min(entries_.size() - 1, index + persistence - 1);
  for (std::size_t a = before; a < index; ++a) {
    for (std::size_t b = index; b <= after; ++b) {
      if (mean_difference(entries_[a].thumbnail, entries_[b].thumbnail) < lasting * entry.change) return;
    }
  }
  note_cut(entry.time, entry.change);
}

void ShotDetector::note_cut(core::Time time, double change) {
  if (!cuts_.empty() && time - cuts_.back() < shortest_shot) {
    if (change <= last_change_ || time <= cuts_.back()) return;
    cuts_.pop_back();
  }
  cuts_.push_back(time);
  last_change_ = change;
}

}  // namespace reelwright::vision

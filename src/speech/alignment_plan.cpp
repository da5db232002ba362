#include "speech/alignment_plan.h"

#include <algorithm>
#include <optional>

namespace reelwright::speech {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr core::Time a_letter = milliseconds(60);
constexpr core::Time a_word = milliseconds(60);
constexpr core::Time margin = milliseconds(250);  // of sound around a piece whose neighbours are far
constexpr core::Time slack = seconds(2);
constexpr core::Time good_length = seconds(8);    // a pause ends a piece that is at least this long
constexpr core::Time great_length = seconds(20);  // any gap between two anchored neighbours does
constexpr core::Time greatest_length = seconds(60);
constexpr core::Time good_pause = milliseconds(150);
constexpr double fastest = 0.3;  // of the expected length; nobody reads faster
constexpr double slowest = 2;

core::Time scaled(core::Time time, double factor) {
  return core::from_seconds(core::to_seconds(time) * factor);
}

/// Of any script, in UTF-8.
int letters_of(const SpokenWord& word) {
  return static_cast<int>(std::ranges::count_if(
      word.text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

core::Time middle(core::Time a, core::Time b) { return a + (b - a) / 2; }

class Planner {
 public:
  Planner(std::span<const SpokenWord> words, std::span<const Anchor> anchors, core::Time duration)
      : words_(words), anchors_(anchors), duration_(duration) {}

  std::vector<Piece> plan() {
    open_first();
    for (std::size_t i = 0; i + 1 < anchors_.size(); ++i) link(anchors_[i], anchors_[i + 1]);
    close_last();
    return std::move(pieces_);
  }

 private:
  core::Time expected(std::size_t first, std::size_t end) const {
    return expected_length(words_.subspan(first, end - first));
  }

  void open_first() {
    const Anchor& first = anchors_.front();
    const core::Time length = expected(0, first.word);
    const bool fits = first.start >= scaled(length, fastest);
    open(fits ? 0 : first.word,
         std::max(core::Time::zero(), first.start - scaled(length, fits ? slowest : 0) - slack));
  }

  void close_last() {
    const Anchor& last = anchors_.back();
    const core::Time length = expected(last.word + 1, words_.size());
    const bool fits = duration_ - last.end >= scaled(length, fastest);
    close(fits ? words_.size() : last.word + 1,
          std::min(duration_, last.end + scaled(length, fits ? slowest : 0) + slack));
  }

  // What lies between two anchors that follow each other.
  void link(const Anchor& a, const Anchor& b) {
    const core::Time gap = std::max(core::Time::zero(), b.start - a.end);
    const core::Time length = expected(a.word + 1, b.word);
    const bool neighbours = b.word == a.word + 1;
    const core::Time so_far = a.end - open_.span.start;
    if (!neighbours && gap < scaled(length, fastest)) {  // the words between were not said
      close(a.word + 1, middle(a.end, b.start));
      open(b.word, middle(a.end, b.start));
    } else if (gap > scaled(length, slowest) + slack) {  // something else was said between
      close(a.word + 1, a.end + margin);
      if (!neighbours && gap <= greatest_length) pieces_.push_back({a.word + 1, b.word, {a.end, b.start}});
      open(b.word, b.start - margin);
    } else if (neighbours && ((so_far >= good_length && gap >= good_pause) || so_far >= great_length)) {
      close(b.word, middle(a.end, b.start));
      open(b.word, middle(a.end, b.start));
    } else if (so_far + gap >= greatest_length) {
      close(a.word + 1, a.end);
      open(a.word + 1, a.end);
    }
  }

  void open(std::size_t word, core::Time from) { open_ = {word, word, {from, from}}; }

  void close(std::size_t end, core::Time to) {
    open_.end = end;
    open_.span.end = std::max(to, open_.span.start);
    if (open_.end > open_.first) pieces_.push_back(open_);
  }

  std::span<const SpokenWord> words_;
  std::span<const Anchor> anchors_;
  core::Time duration_;
  Piece open_;
  std::vector<Piece> pieces_;
};

}  // namespace

core::Time expected_length(std::span<const SpokenWord> words) {
  core::Time length{};
  for (const SpokenWord& word : words) length += a_word + a_letter * letters_of(word);
  return length;
}

std::vector<Piece> plan_between_anchors(std::span<const SpokenWord> words, std::span<const Anchor> anchors,
                                        core::Time duration) {
  if (words.empty()) return {};
  if (!anchors.empty()) return Planner(words, anchors, duration).plan();
  const core::Time length = expected_length(words);
  const bool fits = duration <= greatest_length && duration >= scaled(length, fastest);
  return fits ? std::vector<Piece>{{0, words.size(), {core::Time::zero(), duration}}} : std::vector<Piece>{};
}

std::vector<Piece> plan_by_cues(std::span<const core::Span> cues, core::Time duration) {
  constexpr core::Time tolerance = milliseconds(500);
  constexpr core::Time together = seconds(1);
  constexpr core::Time enough = seconds(12);
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    const core::Time from = std::clamp(cues[i].start - tolerance, core::Time::zero(), duration);
    const core::Time to = std::clamp(cues[i].end + tolerance, from, duration);
    const bool same_cue = i > 0 && cues[i] == cues[i - 1];
    if (!pieces.empty()) {
      Piece& piece = pieces.back();
      const bool close = from < piece.span.end + together && to - piece.span.start <= enough;
      if (same_cue || (close && from >= piece.span.start)) {
        piece.end = i + 1;
        piece.span.end = std::max(piece.span.end, to);
        continue;
      }
    }
    pieces.push_back({i, i + 1, {from, to}});
  }
  return pieces;
}

std::vector<Anchor> without_lonely(std::span<const Anchor> anchors) {
  constexpr std::size_t reach = 20;  // words on either side
  constexpr double fewest = 0.2;     // of them are anchored too, even in a poor recording
  std::vector<Anchor> kept;
  std::size_t begin = 0;
  std::size_t end = 0;
  for (const Anchor& anchor : anchors) {
    while (anchors[begin].word + reach < anchor.word) ++begin;
    while (end < anchors.size() && anchors[end].word <= anchor.word + reach) ++end;
    const std::size_t last = anchors.back().word;
    const std::size_t around =
        std::min(anchor.word, reach) + std::min(std::max(last, anchor.word) - anchor.word, reach) + 1;
    if (static_cast<double>(end - begin) >= fewest * static_cast<double>(around)) kept.push_back(anchor);
  }
  return kept;
}

}  // namespace reelwright::speech

#include "clips/candidates.h"

#include <algorithm>

namespace reelwright::clips {

namespace {

using core::Time;
using namespace std::chrono_literals;

constexpr Time breath_before = 250ms;
constexpr Time breath_after = 400ms;
constexpr Time overlap_tolerance = 50ms;  // recognisers let words touch
constexpr std::size_t most_ends = 64;

Time share(Time pause, int percent) { return pause * percent / 100; }

/// The pauses around the sentences, and where a cut does not go through a word.
class Pauses {
 public:
  Pauses(const std::vector<language::Sentence>& sentences, Time source_duration) : sentences_(sentences) {
    Time said_until{};
    for (const auto& sentence : sentences) {
      said_before_.push_back(said_until);
      said_until = std::max(said_until, sentence.span.end);
    }
    said_before_.push_back(said_until);
    source_end_ = source_duration;
  }

  /// Whether one can cut between sentence i - 1 and sentence i.
  bool can_cut(std::size_t i) const {
    return i == 0 || i == sentences_.size() ||
           sentences_[i].span.start + overlap_tolerance >= said_before_[i];
  }

  /// The span of sentences [first, end).
  core::Span span(std::size_t first, std::size_t end, Time min_duration) const {
    const Time start = sentences_[first].span.start;
    const Time stop =
        end < sentences_.size() ? std::min(said_before_[end], sentences_[end].span.start) : said_before_[end];
    const Time room_before = first == 0 ? start : share(std::max(Time{}, start - said_before_[first]), 40);
    const Time room_after = end == sentences_.size()
                                ? std::max(Time{}, source_end_ - stop)
                                : share(std::max(Time{}, sentences_[end].span.start - stop), 60);
    Time before = std::min(breath_before, room_before);
    Time after = std::min(breath_after, room_after);
    const Time missing = min_duration - (stop - start + before + after);
    if (missing > Time{}) {
      const Time more_after = std::min(missing, room_after - after);
      after += more_after;
      before += std::min(missing - more_after, room_before - before);
    }
    return {start - before, std::min(stop + after, source_end_)};
  }

 private:
  const std::vector<language::Sentence>& sentences_;
  std::vector<Time> said_before_;  // [i]: the end of the last word of sentences [0, i)
  Time source_end_{};
};

/// Finds the candidates of one start.
class Finder {
 public:
  Finder(const std::vector<language::Sentence>& sentences, const CandidateLimits& limits)
      : sentences_(sentences), limits_(limits), pauses_(sentences, limits.source_duration) {}

  std::vector<Candidate> from(std::size_t first) const {
    std::vector<Candidate> found;
    if (!pauses_.can_cut(first)) return found;
    for (auto end = first + 1; end <= sentences_.size() && fits_within(first, end); ++end) {
      if (sentences_[end - 1].span.end > limits_.source_duration + overlap_tolerance) break;
      const auto span = pauses_.span(first, end, limits_.min_duration);
      const bool fits = span.duration() >= limits_.min_duration && span.duration() <= limits_.max_duration;
      if (fits && pauses_.can_cut(end) && !is_needlessly_silent(first, end))
        found.push_back({first, end, span});
    }
    return found;
  }

 private:
  core::Time said(std::size_t first, std::size_t end) const {
    return sentences_[end - 1].span.end - sentences_[first].span.start;
  }

  bool fits_within(std::size_t first, std::size_t end) const {
    return said(first, end) <= limits_.max_duration;
  }

  /// It takes more than breathing room to make it long enough, where a neighbour could have been taken
  /// instead.
  bool is_needlessly_silent(std::size_t first, std::size_t end) const {
    if (pauses_.span(first, end, Time{}).duration() >= limits_.min_duration) return false;
    return (first > 0 && fits_within(first - 1, end)) ||
           (end < sentences_.size() && fits_within(first, end + 1));
  }

  const std::vector<language::Sentence>& sentences_;
  const CandidateLimits& limits_;
  Pauses pauses_;
};

}  // namespace

std::vector<Candidate> find_candidates(const std::vector<language::Sentence>& sentences,
                                       const std::vector<std::size_t>& topic_of,
                                       const CandidateLimits& limits) {
  const Finder finder(sentences, limits);
  std::vector<Candidate> found;
  for (std::size_t first = 0; first < sentences.size(); ++first) {
    const auto ends = finder.from(first);
    const auto stride = (ends.size() + most_ends - 1) / most_ends;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const auto end = ends[i].end;
      const bool closes_topic = end == sentences.size() || topic_of[end] != topic_of[end - 1];
      if (i % stride == 0 || closes_topic) found.push_back(ends[i]);
    }
  }
  return found;
}

}  // namespace reelwright::clips

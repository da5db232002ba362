#include "clips/corrected_words.h"

#include <algorithm>

namespace reelwright::clips {

namespace {

using core::Time;
using transcript::Segment;
using transcript::Transcript;
using transcript::Word;

Time middle(const Word& word) { return word.start + (word.end - word.start) / 2; }

Time distance(const Segment& segment, Time time) {
  return std::max({Time{}, segment.start - time, time - segment.end});
}

std::size_t nearest(const std::vector<Segment>& segments, Time time) {
  const auto found = std::ranges::min_element(
      segments, {}, [time](const Segment& segment) { return distance(segment, time); });
  return static_cast<std::size_t>(found - segments.begin());
}

void fit_times(Segment& segment) {
  std::ranges::stable_sort(segment.words, {}, &Word::start);
  segment.start = segment.words.front().start;
  segment.end = std::ranges::max(segment.words, {}, &Word::end).end;
}

}  // namespace

Transcript corrected(const Transcript& transcript, const Plan& plan) {
  if (!plan.words) return transcript;
  const core::Span stretch = plan.words_span.value_or(plan.clip.span);
  Transcript result = transcript;
  if (result.segments.empty()) result.segments.push_back({stretch.start, stretch.end, {}, {}});
  // Sorted in by where the segments stood before any word left them.
  const std::vector<Segment> segments = result.segments;
  for (Segment& segment : result.segments)
    std::erase_if(segment.words, [&](const Word& word) { return stretch.contains(middle(word)); });
  for (const Word& word : *plan.words)
    if (stretch.contains(middle(word)))
      result.segments[nearest(segments, middle(word))].words.push_back(word);
  std::erase_if(result.segments, [](const Segment& segment) { return segment.words.empty(); });
  std::ranges::for_each(result.segments, fit_times);
  std::ranges::stable_sort(result.segments, {}, &Segment::start);
  return result;
}

}  // namespace reelwright::clips

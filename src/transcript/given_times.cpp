#include <algorithm>
#include <ranges>

#include "core/error.h"
#include "transcript/formats.h"

namespace reelwright::transcript {

namespace {

using namespace std::chrono_literals;

constexpr core::Time usual_word = 300ms;  // about 200 words a minute

std::size_t weight(std::span<const DraftWord> words) {
  std::size_t sum = 0;
  for (const DraftWord& word : words) sum += word.text.size();
  return std::max<std::size_t>(sum, 1);
}

// Spreads untimed words over `span`, each as long as its share of the letters.
void spread(std::span<const DraftWord> words, core::Span span, std::vector<Word>& into) {
  const auto all = static_cast<std::int64_t>(weight(words));
  std::int64_t before = 0;
  for (const DraftWord& word : words) {
    const auto after = before + static_cast<std::int64_t>(word.text.size());
    into.push_back({word.text, span.start + span.duration() * before / all,
                    span.start + span.duration() * after / all, word.probability, Timing::interpolated});
    before = after;
  }
}

// Start of the first timed word or segment from here on; nothing at the end of the transcript.
std::optional<core::Time> next_start(std::span<const DraftSegment> segments) {
  for (const DraftSegment& segment : segments) {
    if (segment.span) return segment.span->start;
    for (const DraftWord& word : segment.words) {
      if (word.span) return word.span->start;
    }
  }
  return {};
}

// The room that untimed words have between `before` and what comes after them.
core::Span room(core::Time before, bool at_begin, const DraftSegment& segment,
                std::optional<core::Time> after, std::size_t count) {
  const core::Time wanted = usual_word * static_cast<std::int64_t>(count);
  core::Time from = before;
  if (at_begin && segment.span) from = std::max(from, segment.span->start);
  if (at_begin && !segment.span && after) from = std::max(from, *after - wanted);
  core::Time to = after.value_or(from + wanted);
  return {from, std::max(from, to)};
}

std::vector<Word> timed(std::span<const DraftSegment> segments, core::Time before) {
  const DraftSegment& segment = segments.front();
  const auto& words = segment.words;
  std::vector<Word> out;
  for (std::size_t i = 0; i < words.size();) {
    if (const auto& given = words[i].span) {
      out.push_back({words[i].text, given->start, given->end, words[i].probability, Timing::given});
      before = given->end;
      ++i;
      continue;
    }
    const std::size_t from = i;
    std::optional<core::Time> after;
    for (; i < words.size() && !after; ++i) {
      if (const auto& given = words[i].span) after = given->start;
    }
    if (after) {
      --i;  // the word that has a time is no part of the run
    } else if (segment.span) {
      after = segment.span->end;
    } else {
      after = next_start(segments.subspan(1));
    }
    const auto run = std::span(words).subspan(from, i - from);
    const core::Span span = room(before, from == 0, segment, after, run.size());
    spread(run, span, out);
    before = span.end;
  }
  return out;
}

void make_monotone(std::vector<Word>& words, core::Time earliest) {
  for (Word& word : words) {
    word.start = std::max(word.start, earliest);
    word.end = std::max(word.end, word.start);
    earliest = word.start;
  }
}

}  // namespace

Transcript with_given_times(const Draft& draft) {
  const bool any = std::ranges::any_of(draft.segments, [](const DraftSegment& segment) {
    return std::ranges::any_of(segment.words, [](const DraftWord& word) { return word.span.has_value(); });
  });
  if (!any) throw core::Error(core::ErrorCode::internal, "The transcript has no word times to take over.");
  Transcript transcript;
  transcript.language = draft.language;
  core::Time before{};
  core::Time earliest{};
  for (std::size_t i = 0; i < draft.segments.size(); ++i) {
    Segment segment;
    segment.speaker = draft.segments[i].speaker;
    segment.words = timed(std::span(draft.segments).subspan(i), before);
    if (segment.words.empty()) continue;
    make_monotone(segment.words, earliest);
    segment.start = segment.words.front().start;
    segment.end = std::ranges::max(segment.words, {}, &Word::end).end;
    earliest = segment.words.back().start;
    before = segment.end;
    transcript.segments.push_back(std::move(segment));
  }
  return transcript;
}

}  // namespace reelwright::transcript

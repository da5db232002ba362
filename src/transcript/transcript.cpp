#include "transcript/transcript.h"

#include <algorithm>

#include "transcript/words.h"

namespace reelwright::transcript {

namespace {

template <typename Words>
std::string joined(const Words& words) {
  std::string text;
  for (const auto& word : words) append_word(text, word.text);
  return text;
}

bool middle_in(const Word& word, core::Span span) {
  return span.contains(word.start + (word.end - word.start) / 2);
}

Word shifted(Word word, core::Span span) {
  word.start = std::clamp(word.start - span.start, core::Time{}, span.duration());
  word.end = std::clamp(word.end - span.start, word.start, span.duration());
  return word;
}

}  // namespace

std::string_view name(Timing timing) {
  switch (timing) {
    case Timing::recognised:
      return "recognised";
    case Timing::aligned:
      return "aligned";
    case Timing::interpolated:
      return "interpolated";
    case Timing::given:
      return "given";
  }
  return "given";
}

std::string Segment::text() const { return joined(words); }

std::string DraftSegment::text() const { return joined(words); }

std::vector<Word> Transcript::words() const {
  std::vector<Word> all;
  for (const Segment& segment : segments) all.insert(all.end(), segment.words.begin(), segment.words.end());
  return all;
}

Transcript cut(const Transcript& transcript, core::Span span) {
  Transcript part;
  part.language = transcript.language;
  for (const Segment& segment : transcript.segments) {
    Segment kept;
    kept.speaker = segment.speaker;
    for (const Word& word : segment.words) {
      if (middle_in(word, span)) kept.words.push_back(shifted(word, span));
    }
    if (kept.words.empty()) continue;
    kept.start = kept.words.front().start;
    kept.end = std::ranges::max(kept.words, {}, &Word::end).end;
    part.segments.push_back(std::move(kept));
  }
  return part;
}

bool Draft::has_word_times() const {
  std::size_t all = 0;
  std::size_t timed = 0;
  for (const DraftSegment& segment : segments) {
    all += segment.words.size();
    timed += static_cast<std::size_t>(
        std::ranges::count_if(segment.words, [](const DraftWord& word) { return word.span.has_value(); }));
  }
  return all > 0 && timed * 3 >= all * 2;
}

}  // namespace reelwright::transcript

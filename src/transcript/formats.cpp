#include "transcript/formats.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"
#include "transcript/encoding.h"
#include "transcript/readers.h"

namespace reelwright::transcript {

namespace {

constexpr std::size_t largest = std::size_t{50} << 20;
constexpr std::size_t longest_word = 1000;  // bytes; the longest words of real languages have under 600

Draft read_any(std::string_view text) {
  if (looks_like_json(text)) return read_whisperx_json(text);
  if (looks_like_webvtt(text)) return read_webvtt(text);
  if (looks_like_subrip(text)) return read_subrip(text);
  return read_plain_text(text);
}

void check_words(const Draft& draft) {
  bool any = false;
  for (const DraftSegment& segment : draft.segments) {
    for (const DraftWord& word : segment.words) {
      any = true;
      if (word.text.size() <= longest_word) continue;
      throw core::Error(
          core::ErrorCode::invalid_input,
          fmt::format("The transcript has a word of {} letters, beginning \"{}\"; is this the right file?",
                      word.text.size(), word.text.substr(0, 20)));
    }
  }
  if (any) return;
  throw core::Error(core::ErrorCode::invalid_input,
                    "The transcript has no words; bring WhisperX's JSON, SRT, WebVTT or plain text.");
}

void sort_by_time(std::vector<DraftSegment>& segments) {
  if (!std::ranges::all_of(segments, [](const DraftSegment& s) { return s.span.has_value(); })) return;
  std::ranges::stable_sort(segments, {}, [](const DraftSegment& s) { return s.span->start; });
}

void clamp(std::optional<core::Span>& span, core::Time& earliest) {
  if (!span) return;
  span->start = std::max(span->start, earliest);
  span->end = std::max(span->end, span->start);
  earliest = span->start;
}

void make_monotone(std::vector<DraftSegment>& segments) {
  core::Time segment_from{};
  core::Time word_from{};
  for (DraftSegment& segment : segments) {
    clamp(segment.span, segment_from);
    for (DraftWord& word : segment.words) clamp(word.span, word_from);
  }
}

}  // namespace

Draft read_draft(std::string_view text, const ReadOptions& options) {
  if (text.size() > largest) {
    throw core::Error(core::ErrorCode::too_large, fmt::format("The transcript has {} MB; the limit is {} MB.",
                                                              text.size() >> 20, largest >> 20));
  }
  Draft draft = read_any(require_utf8(text));
  check_words(draft);
  if (options.keep_every_segment) return draft;
  std::erase_if(draft.segments, [](const DraftSegment& segment) { return segment.words.empty(); });
  sort_by_time(draft.segments);
  make_monotone(draft.segments);
  return draft;
}

}  // namespace reelwright::transcript

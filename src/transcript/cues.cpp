#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"
#include "transcript/clock.h"
#include "transcript/markup.h"
#include "transcript/readers.h"
#include "transcript/words.h"

namespace reelwright::transcript {

namespace {

using namespace std::chrono_literals;

// A rolling caption shows a line again for this long only to make room for the next.
constexpr core::Time flash = 60ms;
constexpr core::Time contiguous = 100ms;

std::string plain(std::string_view line) {
  std::string text;
  for (const MarkupPiece& piece : read_markup(line).pieces) text += piece.text;
  const auto words = split_words(text);
  text.clear();
  for (const std::string& word : words) append_word(text, word);
  return text;
}

// Live and YouTube captions roll: each cue repeats the last line of the one before and adds one.
std::size_t repeated_lines(const Cue& cue, const std::vector<std::string>& before, core::Time before_end) {
  if (cue.span.start - before_end > contiguous || cue.lines.empty()) return 0;
  const bool brief = cue.span.duration() < flash;
  const std::size_t most = brief ? cue.lines.size() : cue.lines.size() - 1;
  for (std::size_t count = std::min(most, before.size()); count > 0; --count) {
    const bool same =
        std::ranges::equal(std::span(cue.lines).first(count), std::span(before).last(count), {}, plain);
    if (same) return count;
  }
  return 0;
}

std::vector<std::string> shown_lines(const Cue& cue) {
  std::vector<std::string> lines;
  for (const std::string_view line : cue.lines) {
    if (std::string text = plain(line); !text.empty()) lines.push_back(std::move(text));
  }
  return lines;
}

void add_piece(DraftSegment& segment, const MarkupPiece& piece, core::Span span) {
  const auto words = split_words(piece.text);
  for (const std::string& word : words) segment.words.push_back({word, {}, 1});
  // A time belongs to one word; where it covers more, only their sum is known.
  if (words.size() == 1) segment.words.back().span = span;
}

DraftSegment to_segment(const Cue& cue, std::size_t skipped) {
  std::string text;
  for (const std::string_view line : std::span(cue.lines).subspan(skipped)) {
    text.append(line);
    text += '\n';
  }
  const PlainCue read = read_markup(text);
  DraftSegment segment{cue.span, read.speaker, {}};
  for (std::size_t i = 0; i < read.pieces.size(); ++i) {
    const auto from = read.pieces[i].start.value_or(cue.span.start);
    const auto to =
        i + 1 < read.pieces.size() ? read.pieces[i + 1].start.value_or(cue.span.end) : cue.span.end;
    add_piece(segment, read.pieces[i], {from, std::max(from, to)});
  }
  return segment;
}

}  // namespace

core::Span require_cue_times(std::string_view line, std::size_t line_number) {
  if (auto span = parse_cue_times(line)) {
    if (span->end < span->start) std::swap(span->start, span->end);
    return *span;
  }
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("Line {} of the transcript has a broken time; write it as 00:00:01,000 --> "
                                "00:00:02,500 and run it again.",
                                line_number + 1));
}

Draft from_cues(const std::vector<Cue>& cues) {
  Draft draft;
  std::vector<std::string> before;
  core::Time before_end = -contiguous - 1us;
  for (const Cue& cue : cues) {
    draft.segments.push_back(to_segment(cue, repeated_lines(cue, before, before_end)));
    before = shown_lines(cue);
    before_end = cue.span.end;
  }
  return draft;
}

}  // namespace reelwright::transcript

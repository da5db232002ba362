#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "captions/page.h"
#include "transcript/transcript.h"

namespace reelwright::captions {

/// How wide a piece of text is, in any unit that adds up along a line.
using Measure = std::function<double(std::string_view)>;

/// The width in character cells: two for wide East Asian letters, none for combining marks.
double columns(std::string_view text);

struct LayoutOptions {
  double max_width = 42;  ///< of a line, in the measure's unit
  int max_lines = 2;
  int max_words = 14;           ///< a page; scripts without spaces are held by the columns alone
  double max_columns = 84;      ///< a page
  double min_columns = 20;      ///< pages shorter than this are avoided, unless a sentence is
  double page_cost = 1;         ///< of beginning one more page; below 0 the most pages are the best
  double smallest_scale = 0.6;  ///< a word too wide is shrunk so far, then broken
  core::Time max_gap = std::chrono::seconds(1);  ///< a longer silence begins a page
  core::Time shortest_page = std::chrono::milliseconds(250);
  core::Time closed_gap = std::chrono::milliseconds(500);  ///< shorter gaps between pages are closed
  core::Time hold = std::chrono::milliseconds(300);  ///< a page outlasts its last word by so much, if it can
  std::optional<core::Time> end;                     ///< of the recording: no page outlasts it
};

/// Two lines of 42 columns: what players and broadcasters expect of a subtitle file beside a recording.
LayoutOptions subtitle_layout();

/// Parts the words into pages and lines. A page ends with a sentence, a change of speaker, a silence; inside
/// a sentence the breaks are the optimum of even pages, pauses and clause ends (total fit after Knuth &
/// Plass, 1981), only where ICU's line breaking (UAX 14, dictionaries for Thai, Lao, Khmer, Burmese, Chinese,
/// Japanese) allows one. Every word stands exactly once and in order; pages do not overlap. Time grows
/// linearly with the words.
std::vector<Page> lay_out(const transcript::Transcript& transcript, const LayoutOptions& options,
                          const Measure& measure);

}  // namespace reelwright::captions

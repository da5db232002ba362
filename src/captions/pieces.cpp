#include "captions/pieces.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "captions/breaks.h"
#include "transcript/words.h"

namespace reelwright::captions {

namespace {

constexpr std::u32string_view sentence_ends = U".!?…。！？｡؟۔।॥։።";
constexpr std::u32string_view clause_ends = U",;:—–、，；：،؛";
constexpr std::array<std::string_view, 22> abbreviations{
    "mr",  "mrs", "ms",  "dr",  "prof", "st",  "sr",  "jr",  "vs",   "e.g", "i.e",
    "etc", "no",  "vol", "fig", "gen",  "sen", "rep", "gov", "capt", "lt",  "mt"};

// The last letter or mark of `word` before closing quotes and brackets, and where it begins.
std::pair<UChar32, std::size_t> last_mark(std::string_view word) {
  UChar32 c = 0;
  auto at = static_cast<int32_t>(word.size());
  while (at > 0) {
    U8_PREV(word.data(), 0, at, c);
    const auto type = u_charType(c);
    if (type != U_END_PUNCTUATION && type != U_FINAL_PUNCTUATION && c != '"' && c != '\'') break;
  }
  return {c, static_cast<std::size_t>(at)};
}

bool is_abbreviation(std::string_view stem) {
  std::string lower;
  for (const char c : stem) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  const bool initial = lower.size() == 1 && lower[0] >= 'a' && lower[0] <= 'z' && stem[0] != 'I';
  return initial || std::ranges::contains(abbreviations, lower);
}

bool ends_clause(std::string_view word) {
  return clause_ends.contains(static_cast<char32_t>(last_mark(word).first));
}

bool is_weak(std::string_view word) {
  if (columns(word) > 3) return false;
  const UChar32 last = last_mark(word).first;
  return u_isalpha(last) && u_getIntPropertyValue(last, UCHAR_EAST_ASIAN_WIDTH) != U_EA_WIDE;
}

// Measuring is the dear part of a layout, and most words of a talk come again.
class Widths {
 public:
  explicit Widths(const Measure& measure) : measure_(measure) {}

  double operator()(const std::string& text) {
    const auto [at, is_new] = known_.try_emplace(text, 0);
    if (is_new) at->second = measure_(text);
    return at->second;
  }

 private:
  const Measure& measure_;
  std::unordered_map<std::string, double> known_;
};

// Joins letters into parts as wide as a line allows.
std::vector<std::string> by_letters(const std::string& word, double limit, Widths& widths) {
  std::vector<std::string> parts;
  double width = limit;
  for (const std::string& letter : graphemes(word)) {
    const double step = widths(letter);
    if (parts.empty() || width + step > limit) {
      parts.emplace_back();
      width = 0;
    }
    parts.back() += letter;
    width += step;
  }
  return parts;
}

// A word that would have to be shrunk too far is broken: after a hyphen if it has one, else between letters.
std::vector<std::string> fitting_parts(const std::string& word, const LayoutOptions& options,
                                       Widths& widths) {
  const double limit = options.max_width / options.smallest_scale;
  if (widths(word) <= limit) return {word};
  std::vector<std::string> parts;
  for (const std::string& part : breakable_parts(word)) {
    if (widths(part) <= limit) {
      parts.push_back(part);
    } else {
      std::ranges::move(by_letters(part, options.max_width, widths), std::back_inserter(parts));
    }
  }
  return parts;
}

void add_word(std::vector<Piece>& pieces, const transcript::Word& word, bool space_before,
              const LayoutOptions& options, Widths& widths) {
  const auto parts = fitting_parts(word.text, options, widths);
  const auto letters = static_cast<std::int64_t>(std::max<std::size_t>(word.text.size(), 1));
  const core::Time length = word.end - word.start;
  std::int64_t before = 0;
  for (const std::string& part : parts) {
    const auto after = before + static_cast<std::int64_t>(part.size());
    Piece piece;
    piece.word = {part, word.start + length * before / letters, word.start + length * after / letters,
                  space_before && before == 0};
    piece.width = widths(part);
    piece.columns = columns(part);
    piece.ends_clause = ends_clause(part);
    piece.is_weak = is_weak(part);
    pieces.push_back(std::move(piece));
    before = after;
  }
}

// Words of an overlapping transcript, and the parts of a broken one, begin one after the other.
void make_monotone(std::vector<Piece>& pieces, core::Time& earliest) {
  for (Piece& piece : pieces) {
    piece.word.start = std::max(piece.word.start, earliest);
    piece.word.end = std::max(piece.word.end, piece.word.start);
    earliest = piece.word.start;
  }
}

void mark_breaks(std::vector<Piece>& pieces, const std::string& language) {
  std::string text;
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    text += pieces[i].word.text;
    if (i + 1 < pieces.size() && pieces[i + 1].word.space_before) text += ' ';
    ends.push_back(text.size());
  }
  const auto may = may_break_at(text, ends, language);
  for (std::size_t i = 0; i < pieces.size(); ++i) pieces[i].may_break = may[i];
}

}  // namespace

bool ends_sentence(std::string_view word) {
  const auto [mark, at] = last_mark(word);
  if (!sentence_ends.contains(static_cast<char32_t>(mark))) return false;
  return mark != '.' || !is_abbreviation(word.substr(0, at));
}

std::vector<Run> make_runs(const transcript::Transcript& transcript, const LayoutOptions& options,
                           const Measure& measure) {
  Widths widths(measure);
  std::vector<Run> runs;
  const transcript::Word* before = nullptr;
  for (const transcript::Segment& segment : transcript.segments) {
    for (const transcript::Word& word : segment.words) {
      if (word.text.empty()) continue;
      const core::Time gap = before ? std::max(word.start - before->end, core::Time{}) : core::Time{};
      if (!before || gap > options.max_gap || runs.back().speaker != segment.speaker ||
          ends_sentence(before->text)) {
        runs.push_back({segment.speaker, {}});
      }
      auto& pieces = runs.back().pieces;
      const bool space = !pieces.empty() && transcript::space_between(pieces.back().word.text, word.text);
      if (!pieces.empty()) pieces.back().gap = gap;
      add_word(pieces, word, pieces.empty() || space, options, widths);
      before = &word;
    }
  }
  core::Time earliest{};
  for (Run& run : runs) {
    make_monotone(run.pieces, earliest);
    mark_breaks(run.pieces, transcript.language);
  }
  return runs;
}

}  // namespace reelwright::captions

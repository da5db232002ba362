#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <glaze/glaze.hpp>

#include "core/error.h"
#include "transcript/clock.h"
#include "transcript/json_check.h"
#include "transcript/readers.h"
#include "transcript/words.h"

namespace reelwright::transcript {

// What the tools write, joined: WhisperX (`word`, `score`), openai-whisper and faster-whisper (`word` with a
// leading space, `probability`), whisper-timestamped (`text`, `confidence`), whisper.cpp (`transcription`,
// `offsets` in ms), OpenAI's API (words beside the segments), Remotion (`startMs`).
struct JsonOffsets {
  std::optional<double> from, to;
};

struct JsonWord {
  std::optional<std::string> word, text;
  std::optional<double> start, end, startMs, endMs, score, probability, confidence;
};

struct JsonSegment {
  std::optional<std::string> text, speaker;
  std::optional<double> start, end, startMs, endMs, confidence;
  std::optional<JsonOffsets> offsets;
  std::optional<std::vector<JsonWord>> words;
};

struct JsonResult {
  std::optional<std::string> language;
};

struct JsonTranscript {
  std::optional<std::string> language;
  std::optional<JsonResult> result;
  std::optional<std::vector<JsonSegment>> segments, transcription;
  std::optional<std::vector<JsonWord>> words, word_segments;
};

namespace {

constexpr glz::opts tolerant{.error_on_unknown_keys = false};

template <typename Parsed>
Parsed parse(std::string_view text) {
  Parsed parsed;
  const std::string prepared = prepare_json(text);
  if (const auto error = glz::read<tolerant>(parsed, prepared)) {
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("Line {} of the transcript's JSON is broken; bring WhisperX's JSON, SRT, WebVTT or "
                    "plain text.",
                    line_of(text, error.count)),
        glz::format_error(error, prepared));
  }
  return parsed;
}

core::Time checked_time(double seconds) {
  if (!std::isfinite(seconds) || std::abs(seconds) > core::to_seconds(latest_time)) {
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("The transcript's JSON has a time of {} s; give times in seconds from the start "
                    "of the recording.",
                    seconds));
  }
  return std::max(core::from_seconds(seconds), core::Time{});
}

std::optional<core::Span> span_of(std::optional<double> start, std::optional<double> end) {
  if (!start || !end) return {};
  const core::Time from = checked_time(*start);
  const core::Time to = checked_time(*end);
  return core::Span{std::min(from, to), std::max(from, to)};
}

std::optional<double> seconds_of(std::optional<double> ms) { return ms ? std::optional(*ms / 1000) : ms; }

template <typename Item>  // a word or a segment: both carry seconds, or milliseconds as Remotion's do
std::optional<core::Span> span_of(const Item& item) {
  if (const auto span = span_of(item.start, item.end)) return span;
  return span_of(seconds_of(item.startMs), seconds_of(item.endMs));
}

double probability_of(const JsonWord& word) {
  const double value = word.score.value_or(word.probability.value_or(word.confidence.value_or(1)));
  return std::clamp(value, 0.0, 1.0);
}

// Adds the words of one token of the file. Tokens may hold several words, or none (a comma on its own, which
// joins the word before).
void add_token(std::vector<DraftWord>& words, const std::string& token, std::optional<core::Span> span,
               double probability) {
  auto texts = split_words(token);
  if (texts.empty() && !words.empty()) words.back().text += printable(token);
  if (texts.size() != 1) span.reset();
  for (std::string& text : texts) words.push_back({std::move(text), span, probability});
}

std::vector<DraftWord> words_of(const std::vector<JsonWord>& tokens) {
  std::vector<DraftWord> words;
  for (const JsonWord& token : tokens) {
    add_token(words, token.word ? *token.word : token.text.value_or(""), span_of(token),
              probability_of(token));
  }
  return words;
}

DraftSegment segment_of(const JsonSegment& json) {
  DraftSegment segment{span_of(json), json.speaker.value_or(""), {}};
  if (!segment.span && json.offsets) {
    segment.span = span_of(seconds_of(json.offsets->from), seconds_of(json.offsets->to));
  }
  if (json.words) segment.words = words_of(*json.words);
  if (segment.words.empty()) {
    add_token(segment.words, json.text.value_or(""), segment.span,
              std::clamp(json.confidence.value_or(1), 0.0, 1.0));
  }
  return segment;
}

// OpenAI's API lists the words apart from the segments: each goes to the last segment that has begun.
void distribute(std::vector<DraftWord> words, std::vector<DraftSegment>& segments) {
  for (DraftSegment& segment : segments) segment.words.clear();
  const auto begun = [](const std::optional<core::Span>& segment, const std::optional<core::Span>& word) {
    return segment && word && segment->start <= word->start;
  };
  std::size_t at = 0;
  for (DraftWord& word : words) {
    while (at + 1 < segments.size() && begun(segments[at + 1].span, word.span)) ++at;
    segments[at].words.push_back(std::move(word));
  }
}

// "english", as OpenAI's API writes it, is "en".
std::string language_code(const std::string& language) {
  if (language.size() <= 3 || language.contains('-') || language.contains('_')) return language;
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
    icu::UnicodeString shown;
    icu::Locale(*code).getDisplayLanguage(icu::Locale::getEnglish(), shown);
    if (shown.caseCompare(icu::UnicodeString::fromUTF8(language), U_FOLD_CASE_DEFAULT) == 0) return *code;
  }
  return language;
}

Draft from_list(const std::vector<JsonSegment>& items) {
  Draft draft;
  const bool remotion =
      std::ranges::any_of(items, [](const JsonSegment& item) { return item.startMs.has_value(); });
  if (remotion) draft.segments.emplace_back();
  for (const JsonSegment& item : items) {
    DraftSegment segment = segment_of(item);
    if (remotion) {
      std::ranges::move(segment.words, std::back_inserter(draft.segments.front().words));
    } else {
      draft.segments.push_back(std::move(segment));
    }
  }
  return draft;
}

Draft from_object(const JsonTranscript& json) {
  Draft draft;
  if (json.segments || json.transcription)
    draft = from_list(json.segments ? *json.segments : *json.transcription);
  const auto& loose = json.words ? json.words : json.word_segments;
  const bool words_inside =
      std::ranges::any_of(json.segments.value_or(std::vector<JsonSegment>{}),
                          [](const JsonSegment& s) { return s.words && !s.words->empty(); });
  if (loose && !loose->empty() && !words_inside) {
    if (draft.segments.empty()) draft.segments.emplace_back();
    distribute(words_of(*loose), draft.segments);
  }
  const auto language = json.language ? json.language : json.result.value_or(JsonResult{}).language;
  if (language && !language->empty()) draft.language = language_code(*language);
  return draft;
}

}  // namespace

bool looks_like_json(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t open = text.find_first_not_of(blanks);
  if (open == std::string_view::npos || (text[open] != '{' && text[open] != '[')) return false;
  const std::size_t next = text.find_first_not_of(blanks, open + 1);
  const char second = next == std::string_view::npos ? '\0' : text[next];
  return text[open] == '{' ? second == '"' || second == '}' : second == '{' || second == '[' || second == ']';
}

Draft read_whisperx_json(std::string_view text) {
  if (text[text.find_first_not_of(" \t\r\n")] == '[') return from_list(parse<std::vector<JsonSegment>>(text));
  return from_object(parse<JsonTranscript>(text));
}

}  // namespace reelwright::transcript

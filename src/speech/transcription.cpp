#include "speech/transcription.h"

#include <algorithm>
#include <cmath>

#include "core/json.h"

namespace reelwright::speech {

// Named like all else of this room: what glaze writes and reads needs linkage.
struct TranscriptionRequestJson {
  std::string model, response_format;
  std::optional<std::string> language, prompt;
  std::optional<std::vector<std::string>> timestamp_granularities;
};

struct HeardWordJson {
  std::string word;
  std::optional<double> start, end;
};

struct HeardSegmentJson {
  std::optional<double> start, end, avg_logprob, no_speech_prob;
};

struct TranscriptionJson {
  std::optional<std::string> text, language;
  std::optional<std::vector<HeardWordJson>> words;
  std::optional<std::vector<HeardSegmentJson>> segments;
};

namespace {

// Where Whisper takes sound for silence (Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak
// Supervision", 4.5).
constexpr double likely_silence = 0.6;
constexpr double unsure = -1;

/// Where a stranger's times lie in the sound; nothing where they are none.
std::optional<core::Span> placed(std::optional<double> start, std::optional<double> end, core::Time length) {
  if (!start || !end || !std::isfinite(*start) || !std::isfinite(*end)) return {};
  const double longest = core::to_seconds(length);
  const double from = std::clamp(*start, 0.0, longest);
  return core::Span{core::from_seconds(from), core::from_seconds(std::clamp(*end, from, longest))};
}

Transcription::Segment segment_of(const HeardSegmentJson& json, core::Span span) {
  const double log_probability = std::clamp(json.avg_logprob.value_or(0), -20.0, 0.0);
  return {.span = span,
          .probability = std::exp(log_probability),
          .is_silence = json.no_speech_prob.value_or(0) > likely_silence && log_probability < unsure};
}

}  // namespace

std::string to_json(const TranscriptionRequest& request, AnswerDetail detail) {
  TranscriptionRequestJson json{.model = request.model,
                                .response_format = detail == AnswerDetail::text ? "json" : "verbose_json",
                                .language = {},
                                .prompt = {},
                                .timestamp_granularities = {}};
  if (!request.language.empty()) json.language = request.language;
  if (!request.prompt.empty()) json.prompt = request.prompt;
  if (detail == AnswerDetail::word_times) json.timestamp_granularities = {"word", "segment"};
  return core::to_json(json, "a question to a transcriber");
}

std::optional<Transcription> read_transcription(std::string_view body, core::Time length) {
  TranscriptionJson json;
  if (glz::read<glz::opts{.error_on_unknown_keys = false}>(json, body) || !json.text) return {};
  Transcription told{.language = json.language.value_or(""), .text = *json.text};
  for (HeardWordJson& word : json.words.value_or(std::vector<HeardWordJson>{})) {
    const auto span = placed(word.start, word.end, length);
    if (!span) return Transcription{.language = told.language, .text = told.text};
    told.words.push_back({std::move(word.word), *span});
  }
  std::ranges::stable_sort(told.words, {}, [](const Transcription::Word& word) { return word.span.start; });
  for (const HeardSegmentJson& segment : json.segments.value_or(std::vector<HeardSegmentJson>{}))
    if (const auto span = placed(segment.start, segment.end, length))
      told.segments.push_back(segment_of(segment, *span));
  return told;
}

}  // namespace reelwright::speech

#include <algorithm>
#include <cmath>

#include "core/json.h"
#include "transcript/formats.h"

namespace reelwright::transcript {

struct JsonOutWord {
  std::string word;
  double start, end, score;
  std::string_view timing;
};

struct JsonOutSegment {
  double start, end;
  std::string text;
  std::optional<std::string> speaker;
  std::vector<JsonOutWord> words;
};

struct JsonOut {
  std::vector<JsonOutSegment> segments;
  std::vector<JsonOutWord> word_segments;
  std::string language;
};

namespace {

double thousandths(double value) { return std::round(value * 1000) / 1000; }

double seconds_out(core::Time time) { return thousandths(core::to_seconds(time)); }

JsonOutWord out(const Word& word) {
  const double score = std::isfinite(word.probability) ? std::clamp(word.probability, 0.0, 1.0) : 0.0;
  return {word.text, seconds_out(word.start), seconds_out(word.end), thousandths(score), name(word.timing)};
}

}  // namespace

std::string to_whisperx_json(const Transcript& transcript) {
  JsonOut json{{}, {}, transcript.language};
  for (const Segment& segment : transcript.segments) {
    JsonOutSegment shown{seconds_out(segment.start), seconds_out(segment.end), segment.text(), {}, {}};
    if (!segment.speaker.empty()) shown.speaker = segment.speaker;
    for (const Word& word : segment.words) shown.words.push_back(out(word));
    json.word_segments.insert(json.word_segments.end(), shown.words.begin(), shown.words.end());
    json.segments.push_back(std::move(shown));
  }
  return core::to_json(json, "the transcript");
}

}  // namespace reelwright::transcript

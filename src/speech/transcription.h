#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

/// The wire of `POST /audio/transcriptions`, as OpenAI and those who do as it does speak it.
namespace reelwright::speech {

/// How a server is asked, from what tells most to what every server knows.
enum class AnswerDetail { word_times, verbose, text };

struct TranscriptionRequest {
  std::string model;
  std::string language;  ///< ISO 639-1; empty: the server finds out
  std::string prompt;    ///< may be empty
};
std::string to_json(const TranscriptionRequest& request, AnswerDetail detail);

/// A stretch of sound as a server wrote it down, times from its beginning and within it. What is not told is
/// empty.
struct Transcription {
  struct Word {
    std::string text;  ///< mostly without punctuation
    core::Span span;
  };
  struct Segment {
    core::Span span;
    double probability = 1;  ///< of a token, the mean
    bool is_silence = false;
  };
  std::string language{};  ///< as the server names it: `english`, `en`
  std::string text{};
  std::vector<Word> words{};  ///< in order
  std::vector<Segment> segments{};
};

/// Nothing where `body` is no transcription. `length`: of the sound.
std::optional<Transcription> read_transcription(std::string_view body, core::Time length);

}  // namespace reelwright::speech

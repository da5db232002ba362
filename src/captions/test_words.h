#pragma once

#include <string>
#include <vector>

#include "transcript/transcript.h"
#include "transcript/words.h"

/// Transcripts for the tests of this room.
namespace reelwright::captions {

/// The words of `text` at an even pace from zero.
inline transcript::Transcript spoken(const std::string& text,
                                     core::Time each = std::chrono::milliseconds(300),
                                     const std::string& language = "en") {
  transcript::Transcript transcript;
  transcript.language = language;
  transcript::Segment segment;
  core::Time at{};
  for (const std::string& word : transcript::split_words(text)) {
    segment.words.push_back({word, at, at + each, 0.9, transcript::Timing::given});
    at += each;
  }
  segment.end = at;
  transcript.segments.push_back(std::move(segment));
  return transcript;
}

inline std::string joined(const transcript::Transcript& transcript) {
  std::string text;
  for (const transcript::Word& word : transcript.words()) transcript::append_word(text, word.text);
  return text;
}

}  // namespace reelwright::captions

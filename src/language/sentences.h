#pragma once

#include <string>
#include <vector>

#include "core/time.h"
#include "transcript/transcript.h"

namespace reelwright::language {

struct Sentence {
  std::size_t first_word;  ///< into `Transcript::words()`
  std::size_t end_word;    ///< one past the last
  core::Span span;         ///< from the first word's start to the last end of a word
  std::string text;
  std::string speaker;
  bool closed;  ///< ends with a full stop, a question mark or the like
};

/// The sentences of a transcript, never empty, together all of its words in order. By punctuation (UAX #29
/// with abbreviations, by ICU) where there is any. Where there is none, as in recognised speech, or where a
/// sentence has over `longest` words, by a dynamic program over pauses and lengths that also avoids ending on
/// "the" or "of". A change of speaker or a pause of 3 s always ends a sentence.
std::vector<Sentence> sentences(const transcript::Transcript& transcript, std::size_t longest = 60);

}  // namespace reelwright::language

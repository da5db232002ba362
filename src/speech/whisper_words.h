#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// A piece of text as Whisper writes it: a word, a part of one, a part of a letter even.
struct WhisperToken {
  std::string text;  ///< begins with a space where a word of a spaced script begins
  double probability = 0;
  core::Time end{};                   ///< when it is over, from the beginning of what was decoded
  std::optional<core::Time> start{};  ///< when it begins, where the model tells
};

/// The words that the tokens make up, punctuation with them, in the scripts of all languages
/// (`transcript::split_words`). A word begins where its first token does, at the earliest where the token
/// before it ends (the first at 0), and has the mean probability of its tokens; timing is `recognised`. Ends
/// of tokens that step back are raised.
std::vector<transcript::Word> words_of(std::span<const WhisperToken> tokens);

}  // namespace reelwright::speech

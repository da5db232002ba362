#pragma once

#include <vector>

#include "speech/transcription.h"
#include "speech/windows.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// What a server made of a window.
struct HeardWindow {
  Window window;  ///< without its samples
  Transcription told;
  bool loops = false;

  core::Span span() const { return {window.pieces.front().source.start, window.end()}; }
};

/// What was heard, a segment a window: words with their punctuation, and with times of the recording where
/// the server told some. What the server itself takes for silence is left out, words of loops are marked.
transcript::Draft drafted(const std::vector<HeardWindow>& windows);

/// Whether the server told enough times to go by them.
bool is_timed(const transcript::Draft& draft);

/// The words of a draft that `is_timed`; timing is `recognised`, or `interpolated` where the server told
/// none.
std::vector<transcript::Word> recognised(const transcript::Draft& draft);

}  // namespace reelwright::speech

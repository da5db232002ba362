#pragma once

#include <string>
#include <string_view>

#include "transcript/transcript.h"

namespace reelwright::transcript {

/// The transcript in WhisperX's shape, seconds with three decimals:
/// `{"segments":[{"start","end","text","speaker"?,"words":[{"word","start","end","score","timing"}]}],
///   "word_segments":[...],"language"}`.
std::string to_whisperx_json(const Transcript& transcript);

struct ReadOptions {
  /// Segments stay one to one with those of the file: none is dropped for having no words and none is moved,
  /// so an index into the draft is an index into what the user brought. Times may then run backwards.
  bool keep_every_segment = false;
};

/// Reads a transcript the user brings. The format is told from the text itself, not from a file name:
/// WhisperX JSON (also the JSON of openai-whisper, faster-whisper, whisper.cpp and OpenAI's API, and Remotion
/// captions), WebVTT (with or without word times, also the rolling kind), SRT, else plain text (blank lines
/// part segments). Times come out clamped to be monotone. Throws `invalid_input` naming the line, on text
/// that is not UTF-8, on broken JSON or times, on no words; `too_large` on over 50 MB.
Draft read_draft(std::string_view text, const ReadOptions& options = {});

/// `draft` as a transcript; timing is `given`. Words without a time are spread by length between their timed
/// neighbours and are `interpolated`. Throws `internal` where no word at all has a time.
Transcript with_given_times(const Draft& draft);

}  // namespace reelwright::transcript

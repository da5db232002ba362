#pragma once

#include <string>
#include <string_view>

#include "transcript/transcript.h"

namespace reelwright::transcript {

/// The transcript in WhisperX's shape, seconds with three decimals:
/// `{"segments":[{"start","end","text","speaker"?,"words":[{"word","start","end","score","timing"}]}],
///   "word_segments":[...],"language"}`.
std::string to_whisperx_json(const Transcript& transcript);

/// Reads a transcript the user brings. The format is told from the text itself, not from a file name:
/// WhisperX JSON (also openai-whisper's), WebVTT (with or without word times), SRT, else plain text (blank
/// lines part segments). Times come out clamped to be monotone. Throws `invalid_input` naming the line, on
/// text that is not UTF-8, on broken JSON or times, on no words, and on over 50 MB.
Draft read_draft(std::string_view text);

/// `draft` as a transcript, where every word has its time (else throws `internal`); timing is `given`.
Transcript with_given_times(const Draft& draft);

}  // namespace reelwright::transcript

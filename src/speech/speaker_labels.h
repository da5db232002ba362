#pragma once

#include <span>

#include "speech/speaker_turns.h"
#include "transcript/transcript.h"

namespace reelwright::speech {

/// Whether every segment says who speaks already.
bool all_speakers_named(const transcript::Transcript& transcript);

/// Writes into `transcript` who says each word: the one whose turns hold most of it, else who speaks within
/// a second of it, else who says the word before it in its segment. Segments are parted where the speaker
/// changes. Segments that name a speaker stay as they are, and who says most under a name has it elsewhere
/// too; the others are "Speaker 1", "Speaker 2" in order of first words. Words that
/// nobody says leave their segment without a speaker. `turns` come by their starts.
void label_speakers(transcript::Transcript& transcript, std::span<const Turn> turns);

}  // namespace reelwright::speech

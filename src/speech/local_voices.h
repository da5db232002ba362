#pragma once

#include <stop_token>
#include <vector>

#include "core/time.h"
#include "speech/sound_windows.h"
#include "speech/speaker_embedding.h"
#include "speech/speaker_segmentation.h"

namespace reelwright::speech {

/// One voice as one window hears it.
struct LocalVoice {
  std::vector<core::Span> spans;   ///< while it sounds
  std::vector<float> direction{};  ///< as `SpeakerEmbedding` gives it
  bool is_clear = false;           ///< sounds alone for long enough to tell voices apart by it
};

/// The voices of a window; those that sound for less than a quarter of a second are left out. How a voice
/// sounds is taken from where it sounds alone, and where that is too little from all of it. Throws what the
/// models throw.
std::vector<LocalVoice> local_voices(const SoundWindow& window, const SpeakerSegmentation& segmentation,
                                     const SpeakerEmbedding& embedding, const std::stop_token& stop);

}  // namespace reelwright::speech

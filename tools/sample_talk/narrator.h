#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/time.h"

namespace reelwright::sample_talk {

inline constexpr int frames_per_second = 25;
inline constexpr int speech_rate = 16000;
inline constexpr std::size_t samples_per_frame = speech_rate / frames_per_second;

/// A spoken sentence with the pause after it, a whole number of video frames long.
struct Narration {
  std::vector<float> samples;      ///< `speech_rate`, mono, -1 to 1; `samples_per_frame` for each frame
  std::vector<double> mouth_open;  ///< one a frame, 0 closed to 1 wide open
};

/// Speaks `sentence` and is silent for at least `pause`. Throws where the voice fails.
Narration narrate(const std::string& sentence, core::Time pause);

}  // namespace reelwright::sample_talk

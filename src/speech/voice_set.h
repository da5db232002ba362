#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <span>

namespace reelwright::speech {

/// Which of the voices of one window sound at a time. Their numbers mean nothing beyond the window.
inline constexpr std::size_t most_local_voices = 3;
using VoiceSet = std::bitset<most_local_voices>;

/// Whether a model that tells so many classes apart can be read.
bool has_voice_classes(std::size_t classes);

/// What a segmentation model says of one frame. Seven values are scores of the sets of at most two voices
/// (none, 1, 2, 3, 1+2, 1+3, 2+3: Plaquet and Bredin 2023), three are probabilities of each voice by itself.
/// Nothing where a value is no number, or no probability.
std::optional<VoiceSet> read_voices(std::span<const float> frame);

}  // namespace reelwright::speech

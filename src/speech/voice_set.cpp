#include "speech/voice_set.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reelwright::speech {

namespace {

constexpr std::array powerset{VoiceSet(0b000), VoiceSet(0b001), VoiceSet(0b010), VoiceSet(0b100),
                              VoiceSet(0b011), VoiceSet(0b101), VoiceSet(0b110)};

constexpr float sounds = 0.5F;

bool is_probability(float value) { return value >= 0 && value <= 1; }

}  // namespace

bool has_voice_classes(std::size_t classes) {
  return classes == powerset.size() || classes == most_local_voices;
}

std::optional<VoiceSet> read_voices(std::span<const float> frame) {
  if (frame.size() == powerset.size()) {
    // Minus infinity is the logarithm of what cannot be.
    if (!std::ranges::all_of(frame, [](float value) { return value < INFINITY; })) return std::nullopt;
    return powerset[static_cast<std::size_t>(std::ranges::max_element(frame) - frame.begin())];
  }
  if (frame.size() != most_local_voices || !std::ranges::all_of(frame, is_probability)) return std::nullopt;
  VoiceSet voices;
  for (std::size_t voice = 0; voice < frame.size(); ++voice) voices[voice] = frame[voice] > sounds;
  return voices;
}

}  // namespace reelwright::speech

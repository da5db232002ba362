#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "core/time.h"
#include "speech/frame_analyser.h"
#include "speech/speaker_turns.h"

/// Voices that the test models tell apart (tests/fixtures/models/voices.py).
namespace reelwright::speech {

inline constexpr std::array<std::array<double, 2>, 4> voice_pitches{
    {{4000, 4300}, {4900, 5200}, {5800, 6100}, {7100, 7400}}};

/// Adds a voice to 16 kHz sound: it warbles between two tones, each 50 ms long.
inline void add_voice(const Turn& turn, std::vector<float>& sound) {
  const auto sample = [](core::Time time) {
    return static_cast<std::size_t>(core::to_seconds(time) * sample_rate);
  };
  double phase = 0;
  for (std::size_t i = sample(turn.span.start); i < std::min(sound.size(), sample(turn.span.end)); ++i) {
    phase += 2 * std::numbers::pi * voice_pitches.at(turn.speaker).at(i / 800 % 2) / sample_rate;
    sound[i] += static_cast<float>(0.1 * std::sin(phase));
  }
}

/// The voices of `turns`, with a little noise.
inline std::vector<float> voices_of(const std::vector<Turn>& turns, core::Time length) {
  std::vector<float> sound(static_cast<std::size_t>(core::to_seconds(length) * sample_rate));
  std::minstd_rand random(5);
  std::uniform_real_distribution<float> noise(-0.001F, 0.001F);
  for (float& value : sound) value = noise(random);
  for (const Turn& turn : turns) add_voice(turn, sound);
  return sound;
}

}  // namespace reelwright::speech

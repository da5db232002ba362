#pragma once

#include <cmath>
#include <filesystem>
#include <numbers>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "material/speech.h"

/// Texts in the tones that the test models read (tests/fixtures/models/ctc_tones.py).
namespace reelwright::speech {

inline std::filesystem::path test_model(const std::string& name) {
  return std::filesystem::path(TEST_MODELS) / name;
}

/// The classes of the models from 1 on.
inline constexpr std::string_view tone_letters = "|abcdefghijklmnopqrstuvwxyz'";

inline void add_tone(char letter, material::Speech& speech) {
  constexpr std::size_t sounding = 960;  // samples; a letter takes 80 ms
  constexpr std::size_t pause = 320;
  const auto number = static_cast<double>(tone_letters.find(letter));
  const double step = 2 * std::numbers::pi * (300 + 100 * number) / 16000;
  for (std::size_t i = 0; i < sounding; ++i)
    speech.samples.push_back(static_cast<float>(0.3 * std::sin(step * static_cast<double>(i))));
  speech.samples.resize(speech.samples.size() + pause);
}

/// The letters of `text`, which may have signs and capitals, word by word, with a little noise.
inline material::Speech speak_tones(const std::string& text) {
  material::Speech speech;
  std::string word;
  const auto flush = [&] {
    if (word.empty()) return;
    speech.words.push_back({word, speech.duration()});
    for (const char letter : word) add_tone(letter, speech);
    add_tone('|', speech);
    word.clear();
  };
  for (const char c : text + " ") {
    const char letter = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (tone_letters.contains(letter)) word += letter;
    if (c == ' ') flush();
  }
  std::minstd_rand random(7);
  std::uniform_real_distribution<float> noise(-0.001F, 0.001F);
  for (float& sample : speech.samples) sample += noise(random);
  return speech;
}

}  // namespace reelwright::speech

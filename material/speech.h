#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"

namespace reelwright::material {

/// Speech whose words and times are known, because flite spoke it.
struct Speech {
  struct Word {
    std::string text;
    core::Time start{};
  };

  std::vector<float> samples;  ///< 16 kHz mono, -1 to 1
  std::vector<Word> words;

  core::Time duration() const;
  void add_silence(core::Time length);
  void add(const Speech& other);
};

/// `text` as flite's US English voice slt speaks it, with a little noise as every room has.
Speech speak(const std::string& text);

/// Seeded white noise, -`amplitude` to `amplitude`, at 16 kHz.
std::vector<float> white_noise(core::Time length, float amplitude);

/// Writes 16 kHz mono samples as a WAV file.
void write_speech(const std::filesystem::path& file, std::span<const float> samples);

}  // namespace reelwright::material

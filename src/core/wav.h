#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace reelwright::core {

/// A WAV file of 16 kHz mono sound, 16 bit.
std::string to_wav(std::span<const std::int16_t> samples);

/// How long such a file is; nothing where `wav` is not exactly as `to_wav` writes it.
std::optional<double> wav_seconds(std::string_view wav);

}  // namespace reelwright::core

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "speech/frame_analyser.h"

namespace reelwright::speech {

inline constexpr std::size_t mel_bands = 80;
inline constexpr std::size_t filterbank_window = 400;  ///< samples: 25 ms; a frame begins every 10 ms

/// How many frames so many samples give: those that are whole.
std::size_t filterbank_frames(std::size_t samples);

/// Logarithms of the energy in 80 mel bands from 20 Hz to 8 kHz, frames x bands, of 16 kHz mono sound from
/// -1 to 1, as Kaldi computes them (Povey et al. 2011; `compute-fbank-feats`) and models of voices were
/// trained: on 16-bit values, mean of each frame taken off, pre-emphasis 0.97, Hamming window, power spectrum
/// of 512 points, no dither.
std::vector<float> mel_filterbank(std::span<const float> samples);

}  // namespace reelwright::speech

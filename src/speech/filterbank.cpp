#include "speech/filterbank.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <numeric>

namespace reelwright::speech {

namespace {

constexpr std::size_t points = 512;  // of the Fourier transform
constexpr std::size_t bins = points / 2;
constexpr double lowest = 20;  // Hz
constexpr double highest = sample_rate / 2.0;
constexpr float pre_emphasis = 0.97F;
constexpr float full_scale = 32768;

using Spectrum = std::array<std::complex<float>, points>;

double mel(double hertz) { return 1127 * std::log(1 + hertz / 700); }

std::array<float, filterbank_window> make_hamming() {
  std::array<float, filterbank_window> window{};
  for (std::size_t i = 0; i < window.size(); ++i)
    window[i] = static_cast<float>(
        0.54 - 0.46 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / (filterbank_window - 1)));
  return window;
}

/// A triangle over the bins, its sides straight in mel.
struct Band {
  std::size_t first = 0;
  std::vector<float> weights;
};

std::vector<Band> make_bands() {
  const double step = (mel(highest) - mel(lowest)) / (mel_bands + 1);
  std::vector<Band> bands(mel_bands);
  for (std::size_t i = 0; i < mel_bands; ++i) {
    const double left = mel(lowest) + static_cast<double>(i) * step;
    for (std::size_t bin = 0; bin < bins; ++bin) {
      const double at = (mel(static_cast<double>(bin) * sample_rate / points) - left) / step;
      if (at <= 0 || at >= 2) continue;
      if (bands[i].weights.empty()) bands[i].first = bin;
      bands[i].weights.push_back(static_cast<float>(at <= 1 ? at : 2 - at));
    }
  }
  return bands;
}

std::array<std::complex<float>, bins> make_twiddles() {
  std::array<std::complex<float>, bins> twiddles;
  for (std::size_t i = 0; i < bins; ++i)
    twiddles[i] = std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(i) / points);
  return twiddles;
}

/// The discrete Fourier transform, in place (Cooley and Tukey 1965).
void transform(Spectrum& x) {
  static const auto twiddles = make_twiddles();
  for (std::size_t i = 1, j = 0; i < points; ++i) {
    std::size_t bit = points / 2;
    for (; j & bit; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
  for (std::size_t half = 1; half < points; half *= 2)
    for (std::size_t block = 0; block < points; block += 2 * half)
      for (std::size_t k = 0; k < half; ++k) {
        const std::complex<float> a = x[block + k];
        const std::complex<float> w = twiddles[k * (bins / half)];
        const std::complex<float> b = x[block + half + k];
        const std::complex<float> turned(b.real() * w.real() - b.imag() * w.imag(),
                                         b.real() * w.imag() + b.imag() * w.real());
        x[block + k] = a + turned;
        x[block + half + k] = a - turned;
      }
}

Spectrum prepared(std::span<const float> samples) {
  static const auto hamming = make_hamming();
  Spectrum frame{};
  const float mean =
      std::accumulate(samples.begin(), samples.end(), 0.0F) / static_cast<float>(filterbank_window);
  float before = samples[0] - mean;  // Kaldi takes the first sample for the one before it
  for (std::size_t i = 0; i < filterbank_window; ++i) {
    const float sample = samples[i] - mean;
    frame[i] = (sample - pre_emphasis * before) * full_scale * hamming[i];
    before = sample;
  }
  return frame;
}

}  // namespace

std::size_t filterbank_frames(std::size_t samples) {
  return samples < filterbank_window ? 0 : 1 + (samples - filterbank_window) / frame_samples;
}

std::vector<float> mel_filterbank(std::span<const float> samples) {
  static const auto bands = make_bands();
  std::vector<float> features;
  const std::size_t frames = filterbank_frames(samples.size());
  features.reserve(frames * mel_bands);
  for (std::size_t frame = 0; frame < frames; ++frame) {
    Spectrum spectrum = prepared(samples.subspan(frame * frame_samples, filterbank_window));
    transform(spectrum);
    for (const Band& band : bands) {
      float energy = 0;
      for (std::size_t i = 0; i < band.weights.size(); ++i)
        energy += band.weights[i] * std::norm(spectrum[band.first + i]);
      features.push_back(std::log(std::max(energy, std::numeric_limits<float>::epsilon())));
    }
  }
  return features;
}

}  // namespace reelwright::speech

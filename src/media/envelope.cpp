#include "media/envelope.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "media/audio_reader.h"
#include "media/probe.h"

namespace reelwright::media {

namespace {

constexpr int sample_rate = 16000;
constexpr std::size_t step_samples = 160;
constexpr float silence = -100;

float decibels(std::span<const float> samples) {
  double power = 0;
  for (const float sample : samples) power += static_cast<double>(sample) * sample;
  const double mean = power / static_cast<double>(std::max<std::size_t>(1, samples.size()));
  return mean <= 1e-10 ? silence : static_cast<float>(std::min(0.0, 10 * std::log10(mean)));
}

}  // namespace

Envelope loudness_envelope(const std::filesystem::path& file, const core::Context& context) {
  const double length = core::to_seconds(probe(file).duration);
  AudioReader reader(file, {.sample_rate = sample_rate, .channels = 1});
  Envelope envelope{.step = std::chrono::milliseconds(10)};
  std::array<float, step_samples * 100> second{};
  for (;;) {
    context.check();
    const std::span<const float> got(second.data(), reader.read(second));
    if (got.empty()) return envelope;
    for (std::size_t i = 0; i < got.size(); i += step_samples)
      envelope.decibels.push_back(decibels(got.subspan(i, std::min(step_samples, got.size() - i))));
    context.report(
        std::min(1.0, static_cast<double>(envelope.decibels.size()) * 0.01 / std::max(length, 0.01)));
  }
}

}  // namespace reelwright::media

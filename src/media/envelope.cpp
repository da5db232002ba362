#include "media/envelope.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "media/audio_reader.h"
#include "media/probe.h"

namespace reelwright::media {

namespace {

constexpr int sample_rate = 16000;
constexpr std::size_t steps_at_once = 100;
constexpr float silence = -100;

float decibels(std::span<const float> samples) {
  double power = 0;
  for (const float sample : samples) power += static_cast<double>(sample) * sample;
  const double mean = power / static_cast<double>(std::max<std::size_t>(1, samples.size()));
  return mean <= 1e-10 ? silence : static_cast<float>(std::min(0.0, 10 * std::log10(mean)));
}

}  // namespace

Envelope loudness_envelope(const std::filesystem::path& file, const EnvelopeOptions& options,
                           const core::Context& context) {
  const core::Time end = options.to.value_or(probe(file).duration);
  const double length = std::max(core::to_seconds(end - options.from), 0.01);
  const double step = core::to_seconds(options.step);
  AudioReader reader(file, {.sample_rate = sample_rate,
                            .channels = 1,
                            .from = options.from,
                            .to = options.to,
                            .stop = context.stop});
  const auto samples_of_step = static_cast<std::size_t>(std::lround(step * sample_rate));
  std::vector<float> samples(steps_at_once * samples_of_step);
  Envelope envelope{.start = options.from, .step = options.step};
  for (;;) {
    context.check();
    const std::span<const float> got(samples.data(), reader.read(samples));
    if (got.empty()) return envelope;
    for (std::size_t i = 0; i < got.size(); i += samples_of_step)
      envelope.decibels.push_back(decibels(got.subspan(i, std::min(samples_of_step, got.size() - i))));
    context.report(std::min(1.0, static_cast<double>(envelope.decibels.size()) * step / length));
  }
}

}  // namespace reelwright::media

#include "vision/envelope.h"

#include <algorithm>

#include "media/envelope.h"
#include "media/probe.h"

namespace reelwright::vision {

namespace {

constexpr double least_range = 6;    // dB; less is a hum, not speech
constexpr double quiet_rank = 0.10;  // of the sorted levels
constexpr double loud_rank = 0.95;

double ranked(std::vector<float> levels, double rank) {
  const auto place = levels.begin() + static_cast<long>(rank * static_cast<double>(levels.size() - 1));
  std::ranges::nth_element(levels, place);
  return *place;
}

}  // namespace

double Envelope::at(core::Time time) const {
  if (time < start || empty()) return 0;
  const auto index = static_cast<std::size_t>((time - start) / step);
  return index < loudness.size() ? loudness[index] : 0;
}

Envelope read_envelope(const std::filesystem::path& sound, core::Span span, core::Time step,
                       const core::Context& context) {
  Envelope envelope{span.start, step, {}};
  if (sound.empty() || !media::probe(sound).has_sound()) return envelope;
  envelope.loudness =
      media::loudness_envelope(sound, {.from = span.start, .to = span.end, .step = step}, context.silent())
          .decibels;
  if (envelope.empty()) return envelope;
  const double quiet = ranked(envelope.loudness, quiet_rank);
  const double loud = ranked(envelope.loudness, loud_rank);
  if (loud - quiet < least_range) {
    envelope.loudness.clear();
    return envelope;
  }
  for (float& level : envelope.loudness) {
    level = static_cast<float>(std::clamp((level - quiet) / (loud - quiet), 0.0, 1.0));
  }
  return envelope;
}

}  // namespace reelwright::vision

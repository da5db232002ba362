#include "speech/sound.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "media/audio_reader.h"
#include "media/probe.h"

namespace reelwright::speech {

std::optional<core::Time> sound_duration(const std::filesystem::path& file) {
  const media::SourceFacts facts = media::probe(file);
  if (!facts.has_sound()) return std::nullopt;
  return facts.duration;
}

Chunker::Source open_sound(const std::filesystem::path& file, const core::Context& context) {
  media::AudioReader::Options options;
  options.sample_rate = sample_rate;
  options.channels = 1;
  options.stop = context.stop;
  // Functions must be copyable, readers are not.
  auto reader = std::make_shared<media::AudioReader>(file, options);
  return [reader, context](std::span<float> samples) {
    context.check();
    return reader->read(samples);
  };
}

std::vector<std::int16_t> read_sound(const std::filesystem::path& file, core::Span span) {
  media::AudioReader::Options options;
  options.sample_rate = sample_rate;
  options.channels = 1;
  options.from = span.start;
  options.to = span.end;
  media::AudioReader reader(file, options);
  std::vector<std::int16_t> samples;
  std::vector<float> block(sample_rate);
  while (const std::size_t count = reader.read(block)) {
    std::ranges::transform(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count),
                           std::back_inserter(samples), to_int16);
  }
  return samples;
}

}  // namespace reelwright::speech

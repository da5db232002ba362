#include "speech/sound.h"

#include <memory>

#include "media/audio_reader.h"
#include "media/probe.h"

namespace reelwright::speech {

std::optional<core::Time> sound_duration(const std::filesystem::path& file) {
  const media::SourceFacts facts = media::probe(file);
  if (!facts.has_sound()) return std::nullopt;
  return facts.duration;
}

Chunker::Source open_sound(const std::filesystem::path& file, const stage::Context& context) {
  media::AudioReader::Options options;
  options.sample_rate = sample_rate;
  options.channels = 1;
  // Functions must be copyable, readers are not.
  auto reader = std::make_shared<media::AudioReader>(file, options);
  return [reader, context](std::span<float> samples) {
    context.check();
    return reader->read(samples);
  };
}

}  // namespace reelwright::speech

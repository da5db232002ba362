#include "clips/source_json.h"

#include "core/json.h"
#include "core/text.h"

namespace reelwright::clips {

namespace {

VideoJson video_json(const media::VideoFacts& facts) {
  return {facts.stream,   facts.codec,        facts.width,
          facts.height,   facts.frame_rate,   facts.variable_frame_rate,
          facts.rotation, facts.pixel_aspect, facts.interlaced,
          facts.hdr,      facts.bit_depth,    core::to_seconds(facts.start)};
}

AudioJson audio_json(const media::AudioFacts& facts) {
  return {facts.stream,   facts.codec, facts.sample_rate, facts.channels,
          facts.language, facts.title, facts.is_default,  core::to_seconds(facts.start)};
}

}  // namespace

SourceJson source_json(const std::string& file, const media::SourceFacts& facts) {
  SourceJson json{.file = core::valid_utf8(file),
                  .container = facts.container,
                  .duration = core::to_seconds(facts.duration),
                  .bytes = facts.bytes,
                  .title = core::valid_utf8(facts.title)};
  if (facts.video) json.video = video_json(*facts.video);
  for (const media::AudioFacts& audio : facts.audio) json.audio.push_back(audio_json(audio));
  return json;
}

std::string to_text(const SourceJson& source) { return core::to_json<true>(source, "the source's facts"); }

}  // namespace reelwright::clips

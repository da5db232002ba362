#include "cli/speaker_telling.h"

#include "clips/options.h"
#include "speech/speaker_labels.h"

namespace reelwright::cli {

SpeakerTelling::SpeakerTelling(const core::Config& config) {
  if (const speech::DiarizerOptions options = clips::diarizer_from(config); options.wanted())
    diarizer_.emplace(options);
}

std::pair<core::Context, core::Context> SpeakerTelling::parts(const core::Context& context) const {
  if (!diarizer_) return {context, context};
  return {context.part(0, 0.5), context.part(0.5, 1)};
}

void SpeakerTelling::tell(const std::filesystem::path& audio, transcript::Transcript& transcript,
                          const core::Context& context) const {
  if (!diarizer_ || speech::all_speakers_named(transcript)) return;
  speech::label_speakers(transcript, diarizer_->turns(audio, context));
}

}  // namespace reelwright::cli

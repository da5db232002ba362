#include "speech/pocketsphinx_transcriber.h"

#include "speech/decoder.h"
#include "speech/doubt.h"
#include "speech/language.h"
#include "speech/recognition.h"
#include "speech/segments.h"
#include "speech/sound.h"

namespace reelwright::speech {

void PocketsphinxTranscriber::try_loading() const { const Decoder loaded(Decoder::Task::recognise); }

transcript::Transcript PocketsphinxTranscriber::transcribe(const std::filesystem::path& audio,
                                                           std::string_view language,
                                                           const core::Context& context,
                                                           std::vector<core::Warning>& warnings) {
  require_english(language);
  transcript::Transcript result;
  result.language = "en";
  if (const auto duration = sound_duration(audio)) {
    auto words = recognise_all(open_sound(audio, context), *duration, context);
    warn_of_doubt(words, warnings);
    result.segments = split_at_pauses(std::move(words));
  }
  if (result.empty()) warnings.push_back({"no_speech", "No speech was found in the sound."});
  context.report(1);
  return result;
}

}  // namespace reelwright::speech

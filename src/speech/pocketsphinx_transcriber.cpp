#include "speech/pocketsphinx_transcriber.h"

#include <algorithm>

#include "speech/language.h"
#include "speech/recognition.h"
#include "speech/segments.h"
#include "speech/sound.h"

namespace reelwright::speech {

namespace {

constexpr double doubtful = 0.5;        // a word below is more likely wrong than right
constexpr double many_doubtful = 0.35;  // share of the words; clear readings have a quarter

void warn_of_doubt(const std::vector<transcript::Word>& words, std::vector<core::Warning>& warnings) {
  const auto weak =
      std::ranges::count_if(words, [](const auto& word) { return word.probability < doubtful; });
  if (static_cast<double>(weak) <= many_doubtful * static_cast<double>(words.size())) return;
  warnings.push_back(
      {"low_confidence_words",
       fmt::format(
           "{} of {} words are uncertain; bring the text (align, or clip --transcript) if you have it.", weak,
           words.size())});
}

}  // namespace

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

std::unique_ptr<Transcriber> make_transcriber() { return std::make_unique<PocketsphinxTranscriber>(); }

}  // namespace reelwright::speech

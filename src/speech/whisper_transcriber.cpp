#include "speech/whisper_transcriber.h"

#include <fmt/format.h>

#include <utility>

#include "core/digest.h"
#include "core/text.h"
#include "inference/file_digest.h"
#include "speech/abandon.h"
#include "speech/language.h"
#include "speech/sound.h"
#include "speech/whisper_language.h"
#include "speech/whisper_recognition.h"

namespace reelwright::speech {

namespace {

// Raised when the code around the model changes what it hears.
constexpr int whisper_version = 1;
constexpr std::size_t short_digest = 12;

/// The language to decode in; `auto` where it is to be found out.
std::string language_of(std::string_view asked, const WhisperModel& model,
                        const std::filesystem::path& file) {
  std::string language = whisper_language(asked);
  if (model.shape().knows_many_languages() || language == "en") return language;
  if (language == any_language) return "en";
  refuse_other_than_english(file, asked);
}

}  // namespace

WhisperTranscriber::WhisperTranscriber(Options options) : options_(std::move(options)) {
  require_whisper(options_.model);
  const std::string digest = inference::file_digest(options_.model, {});
  name_ =
      fmt::format("whisper.cpp {} (sha256 {}, {})", core::printable(options_.model.filename().string(), 100),
                  digest.substr(0, short_digest), speech::name(options_.device));
  key_ = fmt::format("whisper {} {} {} {} {}", whisper_version, whisper_version_text(), digest,
                     speech::name(options_.device), core::sha256(options_.prompt));
}

void WhisperTranscriber::try_loading() const { const WhisperModel loaded(options_.model, options_.device); }

transcript::Transcript WhisperTranscriber::transcribe(const std::filesystem::path& audio,
                                                      std::string_view language, const core::Context& context,
                                                      std::vector<core::Warning>& warnings) {
  using Model = std::shared_ptr<const WhisperModel>;
  const auto model = run_or_abandon<Model>(
      [file = options_.model, device = options_.device] {
        return std::make_shared<const WhisperModel>(file, device);
      },
      context.stop);
  WhisperTask task{.language = language_of(language, *model, options_.model), .prompt = options_.prompt};
  transcript::Transcript result;
  const auto duration = sound_duration(audio);
  const auto open = [&] { return open_sound(audio, context); };
  const bool find_language = duration && task.language == any_language;
  if (find_language) task.language = detect_language(model, open(), context.silent());
  result.language = task.language == any_language ? "en" : task.language;
  Recognised found;
  if (duration) found = recognise_windows(open(), *duration, whisper_decoders(model, task), context);
  result.segments = told(std::move(found), warnings);
  context.report(1);
  return result;
}

}  // namespace reelwright::speech

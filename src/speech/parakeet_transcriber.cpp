#include "speech/parakeet_transcriber.h"

#include <fmt/format.h>

#include <utility>

#include "core/text.h"
#include "inference/file_digest.h"
#include "speech/abandon.h"
#include "speech/parakeet_decoder.h"
#include "speech/parakeet_language.h"
#include "speech/sound.h"

namespace reelwright::speech {

namespace {

// Raised when the code around the model changes what it hears.
constexpr int engine_version = 1;
constexpr std::size_t short_digest = 12;

}  // namespace

ParakeetTranscriber::ParakeetTranscriber(std::filesystem::path model, GgmlDevice device)
    : model_(std::move(model)), device_(device) {
  require_parakeet(model_);
  const std::string digest = inference::file_digest(model_, {});
  name_ = fmt::format("parakeet {} (sha256 {}, {})", core::printable(model_.filename().string(), 100),
                      digest.substr(0, short_digest), speech::name(device_));
  key_ = fmt::format("parakeet {} {} {} {}", engine_version, parakeet_version_text(), digest,
                     speech::name(device_));
}

void ParakeetTranscriber::try_loading() const { const ParakeetModel loaded(model_, device_); }

transcript::Transcript ParakeetTranscriber::transcribe(const std::filesystem::path& audio,
                                                       std::string_view language,
                                                       const core::Context& context,
                                                       std::vector<core::Warning>& warnings) {
  transcript::Transcript result;
  result.language = parakeet_language(language, require_parakeet(model_), model_);
  Recognised found;
  if (const auto duration = sound_duration(audio)) {
    using Model = std::shared_ptr<const ParakeetModel>;
    const auto model = run_or_abandon<Model>(
        [file = model_, device = device_] { return std::make_shared<const ParakeetModel>(file, device); },
        context.stop);
    found = recognise_windows(open_sound(audio, context), *duration, parakeet_decoders(model), context);
  }
  result.segments = told(std::move(found), warnings);
  if (!result.empty() && result.language == unknown_language)
    warnings.push_back({"language_unknown",
                        "Parakeet does not tell which language it heard; name it by SPEECH_LANGUAGE "
                        "(--language), so that sentences and titles are made by its rules."});
  context.report(1);
  return result;
}

}  // namespace reelwright::speech

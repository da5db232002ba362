#include "speech/openai_transcriber.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/config.h"
#include "core/digest.h"
#include "core/text.h"
#include "speech/aligner.h"
#include "speech/doubt.h"
#include "speech/language.h"
#include "speech/parallel_map.h"
#include "speech/segments.h"
#include "speech/sound.h"
#include "speech/transcription_server.h"
#include "speech/whisper_language.h"

namespace reelwright::speech {

namespace {

// Raised when the code around the server changes what it hears.
constexpr int remote_version = 1;
constexpr const char* path = "/audio/transcriptions";

// 2.6 MB: far below the 25 MiB of a file that servers take, and within a message between a job and its
// worker.
constexpr core::Time longest_window = std::chrono::seconds(80);

/// BCP 47 of what a server calls a language; empty where it does not say, or nobody knows it.
std::string language_told(const std::vector<HeardWindow>& all) {
  for (const HeardWindow& heard : all) {
    if (heard.told.language.empty()) continue;
    try {
      return whisper_language(heard.told.language);
    } catch (const core::Error&) {
      return {};
    }
  }
  return {};
}

}  // namespace

std::unique_ptr<net::Vendor> transcriber_vendor(const core::Config& config) {
  const bool is_set = config.text(transcriber_endpoint.engine) == "openai";
  return is_set ? net::vendor_from(config, transcriber_endpoint, path) : nullptr;
}

OpenAiTranscriber::OpenAiTranscriber(const TranscriberOptions& options, std::string prompt,
                                     net::Transport& transport)
    : base_url_(options.base_url),
      model_(options.model),
      prompt_(std::move(prompt)),
      aligner_(options.aligner),
      transport_(transport),
      name_(fmt::format("{} at {}", core::printable(model_, 100), base_url_)) {}

std::string OpenAiTranscriber::key() const {
  std::string key =
      fmt::format("openai {} {} {} {}", remote_version, base_url_, model_, core::sha256(prompt_));
  for (const auto& [language, model] : aligner_.models) key += aligner_key(aligner_, language);
  return key;
}

transcript::Transcript OpenAiTranscriber::transcribe(const std::filesystem::path& audio,
                                                     std::string_view language, const core::Context& context,
                                                     std::vector<core::Warning>& warnings) {
  const bool is_known = language != any_language;
  transcript::Transcript result;
  std::vector<HeardWindow> all;
  if (const auto duration = sound_duration(audio)) {
    TranscriptionServer server(
        transport_, {transcriber_endpoint, base_url_, model_, path},
        {.model = model_, .language = is_known ? primary_language(language) : "", .prompt = prompt_});
    Windower windows = voice_windows(open_sound(audio, context), longest_window);
    all = parallel_map<Window, HeardWindow>(
        [&] { return windows.next(); },
        [&](const std::stop_token&) {
          return [&](const Window& window, const std::stop_token& stop) { return server.hear(window, stop); };
        },
        [&, done = core::Time{}](const Window& window) mutable {
          done = std::max(done, window.end());
          if (*duration > core::Time::zero())
            context.report(std::min(1.0, core::to_seconds(done) / core::to_seconds(*duration)));
        },
        context);
  }
  result.language = is_known ? primary_language(language) : language_told(all);
  const bool is_guessed = result.language.empty();
  if (is_guessed) result.language = "en";
  transcript::Draft draft = drafted(all);
  draft.language = result.language;
  if (draft.segments.empty()) {
    warnings.push_back({"no_speech", "No speech was found in the sound."});
  } else if (is_timed(draft)) {
    std::vector<transcript::Word> words = recognised(draft);
    warn_of_doubt(words, warnings);
    result.segments = split_at_pauses(std::move(words));
  } else {
    result = make_aligner(aligner_, result.language)->align(audio, draft, context.silent(), warnings);
    result.segments = split_at_pauses(result.words());
  }
  if (is_guessed && !result.empty())
    warnings.push_back(
        {"language_unknown",
         "The server does not tell which language it heard, which was taken for English; name it by "
         "SPEECH_LANGUAGE (--language) if it was another."});
  std::vector<core::Time> loops;
  for (const HeardWindow& heard : all)
    if (heard.loops) loops.push_back(heard.span().start);
  warn_of_loops(loops, warnings);
  context.report(1);
  return result;
}

}  // namespace reelwright::speech

#include <fmt/format.h>

#include "inference/file_kind.h"
#include "inference/named_model.h"
#include "speech/openai_transcriber.h"
#include "speech/parakeet_transcriber.h"
#include "speech/pocketsphinx_transcriber.h"
#include "speech/recognition_prompt.h"
#include "speech/transcriber.h"
#include "speech/whisper_transcriber.h"

namespace reelwright::speech {

namespace {

using core::Error;
using core::ErrorCode;

bool wants_a_model(const TranscriberOptions& options) {
  return options.engine == "whisper" || options.engine == "parakeet" ||
         (options.engine == "auto" && !options.model.empty());
}

/// What a user asked for is not passed over in silence.
void need_no_whisper(const TranscriberOptions& options) {
  if (options.prompt.empty() && options.hot_words.empty()) return;
  throw Error(ErrorCode::invalid_input,
              "TRANSCRIBER_PROMPT and HOT_WORDS need a Whisper model; name one by TRANSCRIBER_MODEL, or "
              "leave them out.");
}

/// The engine that runs the model which is named.
std::unique_ptr<Transcriber> engine_of_model(const TranscriberOptions& options) {
  if (options.model.empty())
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("TRANSCRIBER is '{}' and needs a model; name a ggml file or an installed model by "
                    "TRANSCRIBER_MODEL.",
                    options.engine));
  const auto file = inference::named_weights(options.model, inference::Role::transcriber, options.models_dir,
                                             options.registry);
  const auto device = options.device == "gpu" ? GgmlDevice::gpu : GgmlDevice::cpu;
  if (options.engine == "parakeet" || (options.engine == "auto" && inference::look_at(file).is_parakeet)) {
    need_no_whisper(options);
    return std::make_unique<ParakeetTranscriber>(file, device);
  }
  return std::make_unique<WhisperTranscriber>(WhisperTranscriber::Options{
      .model = file, .device = device, .prompt = recognition_prompt(options.prompt, options.hot_words)});
}

}  // namespace

std::unique_ptr<Transcriber> make_transcriber(const TranscriberOptions& options, net::Transport* transport) {
  if (options.engine == "openai")
    return std::make_unique<OpenAiTranscriber>(options, recognition_prompt(options.prompt, options.hot_words),
                                               net::required(transport));
  if (wants_a_model(options)) return engine_of_model(options);
  need_no_whisper(options);
  return std::make_unique<PocketsphinxTranscriber>();
}

}  // namespace reelwright::speech

#include <fmt/format.h>

#include "inference/named_model.h"
#include "speech/openai_transcriber.h"
#include "speech/pocketsphinx_transcriber.h"
#include "speech/recognition_prompt.h"
#include "speech/transcriber.h"
#include "speech/whisper_transcriber.h"

namespace reelwright::speech {

namespace {

using core::Error;
using core::ErrorCode;

bool wants_whisper(const TranscriberOptions& options) {
  return options.engine == "whisper" || (options.engine == "auto" && !options.model.empty());
}

/// What a user asked for is not passed over in silence.
void need_no_whisper(const TranscriberOptions& options) {
  if (options.prompt.empty() && options.hot_words.empty()) return;
  throw Error(ErrorCode::invalid_input,
              "TRANSCRIBER_PROMPT and HOT_WORDS need a Whisper model; name one by TRANSCRIBER_MODEL, or "
              "leave them out.");
}

}  // namespace

std::unique_ptr<Transcriber> make_transcriber(const TranscriberOptions& options, net::Transport* transport) {
  if (options.engine == "openai")
    return std::make_unique<OpenAiTranscriber>(options, recognition_prompt(options.prompt, options.hot_words),
                                               net::required(transport));
  if (!wants_whisper(options)) {
    need_no_whisper(options);
    return std::make_unique<PocketsphinxTranscriber>();
  }
  if (options.model.empty())
    throw Error(ErrorCode::invalid_input,
                "TRANSCRIBER is 'whisper' and needs a model; name a ggml file or an installed model by "
                "TRANSCRIBER_MODEL.");
  return std::make_unique<WhisperTranscriber>(WhisperTranscriber::Options{
      .model = inference::named_weights(options.model, inference::Role::transcriber, options.models_dir,
                                        options.registry),
      .device = options.device == "gpu" ? WhisperDevice::gpu : WhisperDevice::cpu,
      .prompt = recognition_prompt(options.prompt, options.hot_words)});
}

}  // namespace reelwright::speech

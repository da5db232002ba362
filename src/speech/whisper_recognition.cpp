#include "speech/whisper_recognition.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "speech/spread_sample.h"
#include "speech/windows.h"

namespace reelwright::speech {

namespace {

constexpr std::size_t language_windows = 8;

}  // namespace

WindowDecoders whisper_decoders(const std::shared_ptr<const WhisperModel>& model, const WhisperTask& task) {
  return {.bytes = model->decoder_bytes(), .make = [model, task](unsigned threads) {
            WhisperTask own = task;
            own.threads = threads;
            return [decoder = std::make_shared<WhisperDecoder>(model), own](const std::vector<float>& samples,
                                                                            const std::stop_token& stop) {
              return decoder->hear(samples, own, stop);
            };
          }};
}

std::string detect_language(const std::shared_ptr<const WhisperModel>& model, Chunker::Source source,
                            const core::Context& context) {
  Windower windows = voice_windows(std::move(source));
  SpreadSample<Window> sample(language_windows);
  while (auto window = windows.next()) sample.add(std::move(*window));
  if (sample.items().empty()) return "en";
  WhisperDecoder decoder(model);
  std::vector<float> sums;
  for (const Window& window : sample.items()) {
    const std::vector<float> found = decoder.languages(window.samples, context.threads, context.stop);
    sums.resize(found.size());
    std::ranges::transform(sums, found, sums.begin(), std::plus<>());
  }
  return ::whisper_lang_str(static_cast<int>(std::ranges::max_element(sums) - sums.begin()));
}

}  // namespace reelwright::speech

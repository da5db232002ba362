#include "speech/whisper_recognition.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/memory.h"
#include "speech/parallel_map.h"
#include "speech/spread_sample.h"
#include "speech/windows.h"

namespace reelwright::speech {

namespace {

constexpr std::size_t language_windows = 8;
constexpr double marked = 0.1;  // the probability that words of a loop have at most

Recognised placed(const Hearing& hearing, const Window& window) {
  Recognised found;
  const Verdict verdict = judge(hearing);
  if (verdict == Verdict::nobody_speaks) return found;
  found.words = words_of(hearing.tokens);
  for (transcript::Word& word : found.words) {
    const core::Span span = window.at_source(window.spoken_part({word.start, word.end}));
    word.start = span.start;
    word.end = span.end;
    if (verdict == Verdict::loops) word.probability = std::min(word.probability, marked);
  }
  if (verdict == Verdict::loops) found.loops.push_back(window.pieces.front().source.start);
  return found;
}

void append(Recognised& all, Recognised part) {
  all.words.insert(all.words.end(), std::make_move_iterator(part.words.begin()),
                   std::make_move_iterator(part.words.end()));
  all.loops.insert(all.loops.end(), part.loops.begin(), part.loops.end());
}

}  // namespace

unsigned decoders_that_fit(unsigned threads, std::uint64_t decoder_bytes, std::uint64_t available) {
  const std::uint64_t fit = available / 2 / std::max<std::uint64_t>(1, decoder_bytes);
  return static_cast<unsigned>(std::clamp<std::uint64_t>(fit, 1, std::max(1U, threads)));
}

Recognised recognise_with_whisper(const std::shared_ptr<const WhisperModel>& model, const WhisperTask& task,
                                  Chunker::Source source, core::Time duration, const core::Context& context) {
  Windower windows = voice_windows(std::move(source));
  core::Context shared = context;
  shared.threads = decoders_that_fit(context.threads, model->decoder_bytes(), core::available_memory());
  WhisperTask own = task;
  own.threads = std::max(1U, context.threads / shared.threads);
  const auto make_worker = [&](const std::stop_token&) {
    return [decoder = std::make_shared<WhisperDecoder>(model), own](const Window& window,
                                                                    const std::stop_token& stop) {
      return placed(decoder->hear(window.samples, own, stop), window);
    };
  };
  core::Time done{};
  const auto finished = [&](const Window& window) {
    done = std::max(done, window.end());
    if (duration > core::Time::zero())
      context.report(std::min(1.0, core::to_seconds(done) / core::to_seconds(duration)));
  };
  Recognised all;
  for (Recognised& part :
       parallel_map<Window, Recognised>([&] { return windows.next(); }, make_worker, finished, shared))
    append(all, std::move(part));
  return all;
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

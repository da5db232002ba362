#include "speech/window_recognition.h"

#include <algorithm>
#include <utility>

#include "core/memory.h"
#include "speech/doubt.h"
#include "speech/parallel_map.h"
#include "speech/segments.h"
#include "speech/windows.h"

namespace reelwright::speech {

namespace {

Recognised placed(const Hearing& hearing, const Window& window) {
  Recognised found;
  const Verdict verdict = judge(hearing);
  if (verdict == Verdict::nobody_speaks) return found;
  found.words = words_of(hearing.tokens);
  for (transcript::Word& word : found.words) {
    const core::Span span = window.at_source(window.spoken_part({word.start, word.end}));
    word.start = span.start;
    word.end = span.end;
    if (verdict == Verdict::loops) word.probability = std::min(word.probability, most_in_a_loop);
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

Recognised recognise_windows(Chunker::Source source, core::Time duration, const WindowDecoders& decoders,
                             const core::Context& context) {
  Windower windows = voice_windows(std::move(source));
  core::Context shared = context;
  shared.threads = decoders_that_fit(context.threads, decoders.bytes, core::available_memory());
  const unsigned threads = std::max(1U, context.threads / shared.threads);
  const auto make_worker = [&](const std::stop_token&) {
    return [hear = decoders.make(threads)](const Window& window, const std::stop_token& stop) {
      return placed(hear(window.samples, stop), window);
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

std::vector<transcript::Segment> told(Recognised found, std::vector<core::Warning>& warnings) {
  warn_of_doubt(found.words, warnings);
  warn_of_loops(found.loops, warnings);
  if (found.words.empty()) warnings.push_back({"no_speech", "No speech was found in the sound."});
  return split_at_pauses(std::move(found.words));
}

}  // namespace reelwright::speech

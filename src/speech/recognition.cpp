#include "speech/recognition.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "speech/decoder.h"
#include "speech/parallel_map.h"

namespace reelwright::speech {

namespace {

using Words = std::vector<transcript::Word>;

core::Time at_frame(int frame) { return std::chrono::milliseconds(10) * frame; }

// Captions show "I", not "i"; the dictionary is all lower case.
std::string shown(std::string word) {
  if (word == "i" || word.starts_with("i'")) word.front() = 'I';
  return word;
}

// A decoder finds words in laughter, breath and music too. Such words are both doubtful to it and far from
// how any speech sounds: measured on real recordings, mumbled and noisy speech fits with -3 to -5, laughter
// with -6.
constexpr double sure_enough = 0.5;
constexpr double worst_fit_of_speech = -5.3;

double mean_probability(const std::vector<DecodedWord>& words) {
  double sum = 0;
  for (const DecodedWord& word : words) sum += word.probability;
  return words.empty() ? 0 : sum / static_cast<double>(words.size());
}

// The decoders of one thread; the second is made only for the first doubtful chunk.
class ChunkRecogniser {
 public:
  Words operator()(const Chunk& chunk, const std::stop_token& stop) {
    std::vector<DecodedWord> found = recogniser_.recognise(chunk.samples, stop);
    if (mean_probability(found) < sure_enough && !sounds_like_speech(chunk, found, stop)) return {};
    Words words;
    for (DecodedWord& word : found) {
      words.push_back({shown(std::move(word.text)), chunk.start + at_frame(word.first_frame),
                       std::min(chunk.end(), chunk.start + at_frame(word.last_frame + 1)), word.probability,
                       transcript::Timing::recognised});
    }
    return words;
  }

 private:
  bool sounds_like_speech(const Chunk& chunk, const std::vector<DecodedWord>& found,
                          const std::stop_token& stop) {
    if (!aligner_) aligner_.emplace(Decoder::Task::align);
    std::vector<std::string> text;
    for (const DecodedWord& word : found) text.push_back(word.text);
    double sum = 0;
    int frames = 0;
    for (const DecodedWord& word : aligner_->align(chunk.samples, text, stop)) {
      const int length = word.last_frame - word.first_frame + 1;
      sum += word.fit * length;
      frames += length;
    }
    return frames > 0 && sum / frames > worst_fit_of_speech;
  }

  Decoder recogniser_{Decoder::Task::recognise};
  std::optional<Decoder> aligner_;
};

}  // namespace

Words recognise_all(Chunker::Source source, core::Time duration, const stage::Context& context) {
  Chunker chunker(std::move(source), {});
  core::Time done{};
  const auto make_worker = [] {
    return [recogniser = std::make_shared<ChunkRecogniser>()](
               const Chunk& chunk, const std::stop_token& stop) { return (*recogniser)(chunk, stop); };
  };
  const auto finished = [&](const Chunk& chunk) {
    done = std::max(done, chunk.end());
    if (duration > core::Time::zero())
      context.report(std::min(1.0, core::to_seconds(done) / core::to_seconds(duration)));
  };
  const auto parts =
      parallel_map<Chunk, Words>([&] { return chunker.next(); }, make_worker, finished, context);
  Words all;
  for (const Words& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace reelwright::speech

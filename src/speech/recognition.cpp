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

// A decoder finds words in laughter, breath and music too. They give themselves away by some of: doubt, words
// drawn out to a second, words over frames that mostly have no voice. What is suspicious must sound like
// speech, frame by frame: measured on real recordings, mumbled and noisy speech fits with -3 to -5, laughter
// with -6, a melody with -5.
constexpr double sure_enough = 0.5;
constexpr double slow = 60;  // frames a word; speech has 20 to 40
constexpr double too_slow = 90;
constexpr double voiceless = 2;  // frames of words for one voiced frame; speech has 1.2 to 1.7
constexpr double sung = 0.5;     // share of steady pitch; speech has less than a tenth
constexpr double worst_fit = -5.3;
constexpr double worst_fit_voiceless = -4.7;

struct Evidence {
  double probability = 0;  ///< mean of the words
  double frames_a_word = 0;
  double frames_a_voiced = 0;  ///< frames of words for each voiced frame of the chunk

  bool suspicious() const {
    return probability < sure_enough || frames_a_word > slow || frames_a_voiced > voiceless;
  }
};

Evidence weigh(const std::vector<DecodedWord>& words, const Chunk& chunk) {
  double probabilities = 0;
  double frames = 0;
  for (const DecodedWord& word : words) {
    probabilities += word.probability;
    frames += word.last_frame - word.first_frame + 1;
  }
  const double count = std::max(1.0, static_cast<double>(words.size()));
  return {probabilities / count, frames / count, frames / std::max(1.0, static_cast<double>(chunk.voiced))};
}

// The decoders of one thread; the second is made only for the first doubtful chunk.
class PocketsphinxRecogniser {
 public:
  explicit PocketsphinxRecogniser(const std::stop_token& stop)
      : recogniser_(Decoder::Task::recognise, stop) {}

  Words operator()(const Chunk& chunk, const std::stop_token& stop) {
    std::vector<DecodedWord> found = recogniser_.recognise(chunk.samples, stop);
    const Evidence evidence = weigh(found, chunk);
    if (evidence.suspicious() && !sounds_like_speech(chunk, found, evidence, stop)) return {};
    Words words;
    for (DecodedWord& word : found) {
      words.push_back({shown(std::move(word.text)), chunk.start + at_frame(word.first_frame),
                       std::min(chunk.end(), chunk.start + at_frame(word.last_frame + 1)), word.probability,
                       transcript::Timing::recognised});
    }
    return words;
  }

 private:
  bool sounds_like_speech(const Chunk& chunk, const std::vector<DecodedWord>& found, const Evidence& evidence,
                          const std::stop_token& stop) {
    if (evidence.frames_a_word > too_slow || chunk.steady > sung) return false;
    if (!aligner_) aligner_.emplace(Decoder::Task::align, stop);
    std::vector<std::string> text(found.size());
    std::ranges::transform(found, text.begin(), &DecodedWord::text);
    double sum = 0;
    int frames = 0;
    for (const DecodedWord& word : aligner_->align(chunk.samples, text, stop)) {
      const int length = word.last_frame - word.first_frame + 1;
      sum += word.fit * length;
      frames += length;
    }
    return frames > 0 &&
           sum / frames > (evidence.frames_a_voiced > voiceless ? worst_fit_voiceless : worst_fit);
  }

  Decoder recogniser_;
  std::optional<Decoder> aligner_;
};

}  // namespace

Words recognise_chunks(Chunker::Source source, core::Time duration,
                       const std::function<ChunkRecogniser(const std::stop_token& making)>& make,
                       const core::Context& context) {
  Chunker chunker(std::move(source), {});
  core::Time done{};
  const auto finished = [&](const Chunk& chunk) {
    done = std::max(done, chunk.end());
    if (duration > core::Time::zero())
      context.report(std::min(1.0, core::to_seconds(done) / core::to_seconds(duration)));
  };
  const auto parts = parallel_map<Chunk, Words>([&] { return chunker.next(); }, make, finished, context);
  Words all;
  for (const Words& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Words recognise_all(Chunker::Source source, core::Time duration, const core::Context& context) {
  const auto make = [](const std::stop_token& making) {
    return [recogniser = std::make_shared<PocketsphinxRecogniser>(making)](
               const Chunk& chunk, const std::stop_token& stop) { return (*recogniser)(chunk, stop); };
  };
  return recognise_chunks(std::move(source), duration, make, context);
}

}  // namespace reelwright::speech

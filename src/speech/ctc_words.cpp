#include "speech/ctc_words.h"

#include <algorithm>
#include <cmath>

#include "speech/ctc_text.h"
#include "speech/frame_analyser.h"

namespace reelwright::speech {

namespace {

// How far the text's way through the frames of a word falls short of the likeliest way, in natural logarithms
// a frame. A misheard letter costs some in one or two of a word's frames; another word costs some in most of
// them.
constexpr double worst_fit = -1;
constexpr double most_short = 10;                                        // in one frame
constexpr std::size_t longest_tail = std::size_t{sample_rate} * 3 / 10;  // of a word, behind its last letter
constexpr double silence_below = 0.01;                                   // of the loudest power: 20 dB

core::Time at_sample(const HeardSound& sound, std::size_t sample) {
  return sound.start + std::chrono::microseconds(sample * 1'000'000 / sample_rate);
}

std::size_t sample_of(const HeardSound& sound, std::size_t frame) {
  return frame * sound.samples.size() / std::max<std::size_t>(1, sound.emissions.frames());
}

double power(std::span<const std::int16_t> samples) {
  double sum = 0;
  for (const std::int16_t sample : samples) sum += static_cast<double>(sample) * sample;
  return samples.empty() ? 0 : sum / static_cast<double>(samples.size());
}

/// The first and last letter of a word, and how well it was heard.
struct Placed {
  std::size_t first = 0;  ///< frame
  std::size_t end = 0;
  WordFit fit{0, 0};

  void add(double log_prob, double best) {
    fit.fit += std::max(log_prob - best, -most_short);
    ++fit.weight;
  }
};

std::vector<Placed> by_word(const Emissions& emissions, std::span<const TokenSpan> spans,
                            std::span<const CtcToken> tokens, std::span<const std::size_t> owners,
                            const CtcRests& rests) {
  std::vector<Placed> placed(owners.back() + 1);
  const auto add = [&](Placed& word, std::size_t frame, int label) {
    const auto row = emissions.frame(frame);
    word.add(row[static_cast<std::size_t>(label)], std::ranges::max(row));
  };
  for (std::size_t i = 0; i < spans.size(); ++i) {
    Placed& word = placed[owners[i]];
    if (word.end == 0) word.first = word.end = spans[i].first;
    for (std::size_t frame = word.end; frame < spans[i].first; ++frame) add(word, frame, rests.blank);
    if (tokens[i].label != CtcToken::wildcard)  // which fits anything
      for (std::size_t frame = spans[i].first; frame < spans[i].end; ++frame)
        add(word, frame, tokens[i].label);
    word.end = spans[i].end;
  }
  for (Placed& word : placed) word.fit.fit /= std::max(1, word.fit.weight);
  return placed;
}

core::Span span_of(const HeardSound& sound, const Placed& word, std::size_t next) {
  const std::size_t begin = sample_of(sound, word.first);
  const std::size_t last = sample_of(sound, word.end);
  const std::size_t limit = std::min(sample_of(sound, next), last + longest_tail);
  const std::size_t end = end_of_voice(sound.samples, begin, last, std::max(last, limit));
  return {at_sample(sound, begin), at_sample(sound, end)};
}

}  // namespace

core::Time HeardSound::at(std::size_t frame) const { return at_sample(*this, sample_of(*this, frame)); }

std::size_t end_of_voice(std::span<const std::int16_t> samples, std::size_t begin, std::size_t from,
                         std::size_t limit) {
  constexpr auto step = static_cast<std::size_t>(frame_samples);
  limit = std::min(limit, samples.size());
  double loudest = 0;
  for (std::size_t at = begin; at + step <= std::min(std::max(from, begin + step), samples.size());
       at += step)
    loudest = std::max(loudest, power(samples.subspan(at, step)));
  std::size_t end = from;
  while (end + step <= limit && power(samples.subspan(end, step)) > silence_below * loudest) end += step;
  return end;
}

std::vector<HeardWord> read_words(const HeardSound& sound, const CtcVocabulary& vocabulary) {
  std::vector<HeardWord> words;
  HeardWord word;
  double sum = 0;
  int letters = 0;
  const auto flush = [&] {
    word.probability = sum / std::max(1, letters);
    if (!word.text.empty()) words.push_back(word);
    word = {};
    sum = letters = 0;
  };
  int before = vocabulary.rests().blank;
  for (std::size_t i = 0; i < sound.emissions.frames(); ++i) {
    const auto frame = sound.emissions.frame(i).first(vocabulary.classes());
    const auto best = std::ranges::max_element(frame);
    const auto label = static_cast<int>(best - frame.begin());
    const std::string& letter = vocabulary.letter(static_cast<std::size_t>(label));
    if (label == vocabulary.rests().separator) flush();
    if (!letter.empty()) {
      if (word.text.empty()) word.span.start = sound.at(i);
      word.span.end = sound.at(i + 1);
      if (label != before) {
        word.text += letter;
        sum += std::exp(*best);
        ++letters;
      }
    }
    before = label;
  }
  flush();
  return words;
}

FoundWords find_words(const HeardSound& sound, std::span<const SpokenWord> words,
                      const CtcVocabulary& vocabulary) {
  FoundWords found(words.size());
  std::vector<std::size_t> owners;
  const std::vector<CtcToken> tokens = spell(words, vocabulary, owners);
  const auto alignment = align_tokens(sound.emissions, tokens, vocabulary.rests());
  if (!alignment) return found;
  const std::vector<Placed> placed =
      by_word(sound.emissions, alignment->tokens, tokens, owners, vocabulary.rests());
  std::vector<WordFit> fits(words.size());
  std::ranges::transform(placed, fits.begin(), &Placed::fit);
  const std::vector<bool> there = borne_out(fits, worst_fit);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!there[i]) continue;
    const std::size_t next = i + 1 < words.size() ? placed[i + 1].first : sound.emissions.frames();
    found[i] = AlignedWord{.span = span_of(sound, placed[i], next),
                           .probability = std::exp(fit_around(fits, i).value_or(worst_fit))};
  }
  return found;
}

}  // namespace reelwright::speech

#include "language/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>

#include "core/error.h"
#include "language/phrases.h"
#include "transcript/words.h"

namespace reelwright::language {

namespace {

using transcript::Word;

constexpr double always_ends = 3.0;  // seconds of pause
constexpr double usual_words = 12;   // in a sentence of speech
constexpr double pause_unit = 0.15;  // seconds; shorter pauses are within sentences
constexpr double pause_weight = 1.2;
constexpr double break_price = 1.0;
constexpr double dangling_price = 1.5;  // for ending on "the"
constexpr double starter_gain = 0.5;    // for beginning with "so", or after a comma

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

/// Words [begin, end) of the transcript.
struct Run {
  std::size_t begin;
  std::size_t end;
};

double pause_before(std::span<const Word> words, std::size_t i) {
  return std::max(0.0, core::to_seconds(words[i].start - words[i - 1].end));
}

std::unique_ptr<icu::BreakIterator> sentence_iterator(const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale(language.c_str());
  std::unique_ptr<icu::BreakIterator> iterator(icu::BreakIterator::createSentenceInstance(locale, status));
  if (U_FAILURE(status)) {
    throw core::Error(core::ErrorCode::unavailable, "ICU's data is missing; install the package libicu.",
                      u_errorName(status));
  }
  return iterator;
}

/// Splits a run where ICU sees a sentence end.
std::vector<Run> by_punctuation(std::span<const Word> words, Run run, icu::BreakIterator& iterator) {
  std::string text;
  std::vector<std::int32_t> starts;
  for (auto i = run.begin; i < run.end; ++i) {
    transcript::append_word(text, words[i].text);
    starts.push_back(static_cast<std::int32_t>(text.size() - words[i].text.size()));
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> opened(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  iterator.setText(opened.get(), status);
  if (U_FAILURE(status))
    throw core::Error(core::ErrorCode::internal, "A text cannot be read.", u_errorName(status));
  std::vector<Run> runs;
  auto begin = run.begin;
  iterator.first();
  for (auto at = iterator.next(); at != icu::BreakIterator::DONE; at = iterator.next()) {
    const auto word = static_cast<std::size_t>(std::ranges::lower_bound(starts, at) - starts.begin());
    const bool between_words = word == starts.size() || starts[word] == at;
    const auto end = run.begin + word;
    const bool goes_on = end < run.end && end > begin && is_abbreviation(words[end - 1].text);
    if (between_words && !goes_on && end > begin) runs.push_back({begin, end}), begin = end;
  }
  if (begin < run.end) runs.push_back({begin, run.end});
  return runs;
}

/// What ending a sentence before word i gains.
double gain_before(std::span<const Word> words, std::size_t i) {
  double gain = pause_weight * std::log1p(pause_before(words, i) / pause_unit) - break_price;
  if (is_dangling_end(words[i - 1].text)) gain -= dangling_price;
  if (is_sentence_starter(words[i].text) || words[i - 1].text.ends_with(',')) gain += starter_gain;
  return gain;
}

/// Long sentences are worse than short ones, which people do say.
double length_price(std::size_t words) {
  const double ratio = std::log(static_cast<double>(words) / usual_words);
  return (ratio > 0 ? 2.0 : 0.5) * ratio * ratio;
}

/// Splits a run at pauses into pieces of usual length.
std::vector<Run> by_pauses(std::span<const Word> words, Run run, std::size_t longest) {
  const auto size = run.end - run.begin;
  std::vector<double> best(size + 1, -std::numeric_limits<double>::infinity());
  std::vector<std::size_t> from(size + 1, 0);
  best[0] = 0;
  for (std::size_t begin = 0; begin < size; ++begin) {
    const double start = best[begin] + (begin > 0 ? gain_before(words, run.begin + begin) : 0);
    for (auto end = begin + 1; end <= std::min(size, begin + longest); ++end) {
      const double total = start - length_price(end - begin);
      if (total > best[end]) best[end] = total, from[end] = begin;
    }
  }
  std::vector<Run> runs;
  for (auto end = size; end > 0; end = from[end]) runs.push_back({run.begin + from[end], run.begin + end});
  std::ranges::reverse(runs);
  return runs;
}

Sentence sentence_of(std::span<const Word> words, Run run, const std::string& speaker) {
  Sentence sentence{run.begin, run.end, {words[run.begin].start, words[run.begin].end},
                    {},        speaker, ends_sentence(words[run.end - 1].text)};
  for (auto i = run.begin; i < run.end; ++i) {
    sentence.span.end = std::max(sentence.span.end, words[i].end);
    transcript::append_word(sentence.text, words[i].text);
  }
  return sentence;
}

/// Runs of one speaker without a long pause.
template <class Use>
void each_run(const transcript::Transcript& transcript, std::span<const Word> words, Use use) {
  std::size_t begin = 0;
  std::size_t word = 0;
  const std::string* speaker = nullptr;
  for (const auto& segment : transcript.segments) {
    for (std::size_t i = 0; i < segment.words.size(); ++i, ++word) {
      const bool ends =
          word > begin && (*speaker != segment.speaker || pause_before(words, word) >= always_ends);
      if (ends) use(Run{begin, word}, *speaker), begin = word;
      speaker = &segment.speaker;
    }
  }
  if (word > begin) use(Run{begin, word}, *speaker);
}

}  // namespace

std::vector<Sentence> sentences(const transcript::Transcript& transcript, std::size_t longest) {
  const auto words = transcript.words();
  const auto iterator = sentence_iterator(transcript.language);
  std::vector<Sentence> found;
  each_run(transcript, words, [&](Run run, const std::string& speaker) {
    for (const auto& piece : by_punctuation(words, run, *iterator)) {
      const bool whole = ends_sentence(words[piece.end - 1].text) && piece.end - piece.begin <= longest;
      if (whole) {
        found.push_back(sentence_of(words, piece, speaker));
        continue;
      }
      for (const auto& part : by_pauses(words, piece, longest))
        found.push_back(sentence_of(words, part, speaker));
    }
  });
  return found;
}

}  // namespace reelwright::language

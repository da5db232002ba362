#include "speech/word_times.h"

#include <algorithm>
#include <utility>

namespace reelwright::speech {

namespace {

using transcript::Timing;
using transcript::Word;

constexpr core::Time longest_letter = std::chrono::milliseconds(120);  // of words whose time nobody knows
constexpr double guessed = 0.1;                                        // their probability

core::Time letters_of(const Word& word) {
  return core::Time{static_cast<std::int64_t>(word.text.size()) + 1};
}

// Lays words into `space` by their length, from its start on, and no slower than people speak.
void spread(std::span<Word> words, core::Span space) {
  core::Time letters{};
  for (const Word& word : words) letters += letters_of(word);
  const core::Time slowest = longest_letter * letters.count();
  const core::Time room = std::clamp(space.duration(), core::Time::zero(), slowest);
  core::Time before{};
  for (Word& word : words) {
    word.start = space.start + room * before.count() / letters.count();
    before += letters_of(word);
    word.end = space.start + room * before.count() / letters.count();
  }
}

void take_found_times(std::vector<Word>& words, std::span<const SpokenWord> spoken,
                      std::span<const std::optional<AlignedWord>> found) {
  for (std::size_t i = 0; i < spoken.size(); ++i) {
    const auto& heard = found[i];
    if (!heard) continue;
    Word& word = words[spoken[i].token];
    if (word.timing != Timing::interpolated) {
      word.end = std::max(word.end, heard->span.end);
      word.probability = std::min(word.probability, heard->probability);
    } else {
      word.start = heard->span.start;
      word.end = heard->span.end;
      word.probability = heard->probability;
      word.timing = heard->timing;
    }
  }
}

// The end of the run of words from `first` on that are not aligned and share a cue.
std::size_t end_of_gap(std::span<const WrittenWord> written, const std::vector<Word>& words,
                       std::size_t first) {
  std::size_t end = first + 1;
  while (end < words.size() && words[end].timing == Timing::interpolated &&
         (!written[first].cue || written[end].segment == written[first].segment)) {
    ++end;
  }
  return end;
}

// For each word, where the first one found from there on begins; `duration` after the last.
std::vector<core::Time> next_starts(const std::vector<Word>& words, core::Time duration) {
  std::vector<core::Time> next(words.size() + 1, duration);
  for (std::size_t i = words.size(); i-- > 0;) {
    next[i] = words[i].timing == Timing::interpolated ? next[i + 1] : words[i].start;
  }
  return next;
}

void fill_gaps(std::vector<Word>& words, std::span<const WrittenWord> written, core::Time duration) {
  const auto next = next_starts(words, duration);
  core::Time free_from{};
  for (std::size_t i = 0; i < words.size();) {
    if (words[i].timing != Timing::interpolated) {
      free_from = std::max(free_from, words[i++].end);
      continue;
    }
    const std::size_t end = end_of_gap(written, words, i);
    core::Span space{free_from, std::max(free_from, next[end])};
    if (const auto& cue = written[i].cue) {
      space.start = std::clamp(cue->start, space.start, space.end);
      space.end = std::clamp(cue->end, space.start, space.end);
    }
    spread(std::span(words).subspan(i, end - i), space);
    free_from = std::max(free_from, words[end - 1].end);
    i = end;
  }
}

void run_forward(std::vector<Word>& words, core::Time duration) {
  core::Time last{};
  for (Word& word : words) {
    word.start = std::clamp(word.start, last, std::max(last, duration));
    word.end = std::clamp(word.end, word.start, std::max(word.start, duration));
    last = word.start;
  }
}

}  // namespace

std::vector<WrittenWord> written_words(const transcript::Draft& draft) {
  std::vector<WrittenWord> words;
  for (std::size_t i = 0; i < draft.segments.size(); ++i) {
    for (const auto& word : draft.segments[i].words) words.push_back({word.text, i, draft.segments[i].span});
  }
  return words;
}

std::vector<Word> give_times(std::span<const WrittenWord> written, std::span<const SpokenWord> spoken,
                             std::span<const std::optional<AlignedWord>> found, core::Time duration) {
  std::vector<Word> words;
  for (const WrittenWord& word : written) words.push_back({word.text, {}, {}, guessed, Timing::interpolated});
  take_found_times(words, spoken, found);
  fill_gaps(words, written, duration);
  run_forward(words, duration);
  return words;
}

}  // namespace reelwright::speech

#include "speech/whisper_words.h"

#include <algorithm>
#include <string_view>

#include "core/code_points.h"
#include "transcript/words.h"

namespace reelwright::speech {

namespace {

/// All tokens as one text, and which token each of its bytes came from.
struct Running {
  std::string text;
  std::vector<std::size_t> token;
};

Running join(std::span<const WhisperToken> tokens) {
  Running running;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    running.text += tokens[i].text;
    running.token.resize(running.text.size(), i);
  }
  return running;
}

/// Finds the letters of words in the text that they were taken from, in order.
class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  /// The first and the last byte of `word`.
  std::pair<std::size_t, std::size_t> find(std::string_view word) {
    std::size_t first = text_.size();
    for (std::size_t at = 0; at < word.size();)
      first = std::min(first, find(core::next_code_point(word, at)));
    return {first, at_ - 1};
  }

 private:
  /// Where the letter begins; the next search goes on behind it.
  std::size_t find(std::int32_t letter) {
    while (at_ < text_.size()) {
      const std::size_t from = at_;
      if (core::next_code_point(text_, at_) == letter) return from;
    }
    return text_.size() - 1;  // cannot be: words are made of the text's own letters
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::vector<core::Time> rising_ends(std::span<const WhisperToken> tokens) {
  std::vector<core::Time> ends;
  core::Time latest{};
  for (const WhisperToken& token : tokens) ends.push_back(latest = std::max(latest, token.end));
  return ends;
}

}  // namespace

std::vector<transcript::Word> words_of(std::span<const WhisperToken> tokens) {
  const Running running = join(tokens);
  const std::vector<core::Time> ends = rising_ends(tokens);
  Finder finder(running.text);
  std::vector<transcript::Word> words;
  for (std::string& text : transcript::split_words(running.text)) {
    const auto [from, to] = finder.find(text);
    const std::size_t first = running.token[from];
    const std::size_t last = running.token[to];
    double sum = 0;
    for (std::size_t i = first; i <= last; ++i) sum += tokens[i].probability;
    const core::Time before = first == 0 ? core::Time{} : ends[first - 1];
    const core::Time start = std::max(before, tokens[first].start.value_or(before));
    words.push_back({.text = std::move(text),
                     .start = start,
                     .end = std::max(start, ends[last]),
                     .probability = std::clamp(sum / static_cast<double>(last - first + 1), 0.0, 1.0),
                     .timing = transcript::Timing::recognised});
  }
  return words;
}

}  // namespace reelwright::speech

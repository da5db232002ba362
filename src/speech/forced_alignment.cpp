#include "speech/forced_alignment.h"

#include <algorithm>
#include <cmath>

#include "speech/pronunciation.h"

namespace reelwright::speech {

namespace {

// PocketSphinx aligns any text with any sound. What gives a wrong one away is how badly its phones fit, frame
// by frame, against the best of all phones: right words have -2 to -5 (mumbled ones -6), words of another
// text -8 to -12.
constexpr double worst_fit = -6.5;
std::vector<WordFit> fits_of(const std::vector<DecodedWord>& words) {
  std::vector<WordFit> fits(words.size());
  std::ranges::transform(words, fits.begin(), [](const DecodedWord& word) {
    return WordFit{word.fit, word.last_frame - word.first_frame + 1};
  });
  return fits;
}

// A number between 0 and 1 that is one half where right and wrong meet.
double probability_of(double fit) { return 1 / (1 + std::exp(1.2 * (worst_fit - fit))); }

core::Time at_frame(int frame) { return std::chrono::milliseconds(10) * frame; }

}  // namespace

bool ForcedAlignment::learn(const std::string& word) {
  return decoder_.knows(word) || decoder_.add(word, guess_phones(word));
}

FoundWords ForcedAlignment::find(std::span<const std::int16_t> samples, core::Time start,
                                 std::span<const SpokenWord> words, const std::stop_token& stop) {
  FoundWords result(words.size());
  std::vector<std::string> text;
  std::vector<std::size_t> places;  // of the words that can be pronounced
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!learn(words[i].text)) continue;
    text.push_back(words[i].text);
    places.push_back(i);
  }
  const auto found = decoder_.align(samples, text, stop);
  const auto fits = fits_of(found);
  const auto there = borne_out(fits, worst_fit);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!there[i]) continue;
    AlignedWord word;
    word.span = {start + at_frame(found[i].first_frame), start + at_frame(found[i].last_frame + 1)};
    word.probability = probability_of(fit_around(fits, i).value_or(worst_fit));
    result[places[i]] = word;
  }
  return result;
}

}  // namespace reelwright::speech

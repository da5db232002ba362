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
constexpr std::size_t reach =
    2;  // words on either side that a word is judged with: one alone may fit by chance

double fit_around(const std::vector<DecodedWord>& words, std::size_t middle) {
  double sum = 0;
  int frames = 0;
  const std::size_t begin = middle - std::min(middle, reach);
  for (std::size_t i = begin; i < std::min(words.size(), middle + reach + 1); ++i) {
    const int length = words[i].last_frame - words[i].first_frame + 1;
    sum += words[i].fit * length;
    frames += length;
  }
  return sum / std::max(1, frames);
}

// Which words are in the sound. A word or two that do not fit, beside words that do, were mumbled: their
// place is known.
std::vector<bool> judge(const std::vector<DecodedWord>& words) {
  constexpr std::size_t mumbled_between = 2;
  constexpr std::size_t mumbled_at_edge = 1;
  std::vector<bool> fits(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) fits[i] = fit_around(words, i) >= worst_fit;
  const std::vector<bool> certain = fits;
  for (std::size_t begin = 0; begin < certain.size(); ++begin) {
    if (certain[begin]) continue;
    std::size_t end = begin;
    while (end < certain.size() && !certain[end]) ++end;
    const bool between = begin > 0 && end < certain.size();
    const bool alone = begin == 0 && end == certain.size();
    if (!alone && end - begin <= (between ? mumbled_between : mumbled_at_edge)) {
      std::fill_n(fits.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, true);
    }
    begin = end;
  }
  return fits;
}

// A number between 0 and 1 that is one half where right and wrong meet.
double probability_of(double fit) { return 1 / (1 + std::exp(1.2 * (worst_fit - fit))); }

core::Time at_frame(int frame) { return std::chrono::milliseconds(10) * frame; }

}  // namespace

bool ForcedAlignment::learn(const std::string& word) {
  return decoder_.knows(word) || decoder_.add(word, guess_phones(word));
}

std::vector<std::optional<AlignedWord>> ForcedAlignment::find(std::span<const std::int16_t> samples,
                                                              core::Time start,
                                                              std::span<const SpokenWord> words,
                                                              const std::stop_token& stop) {
  std::vector<std::optional<AlignedWord>> result(words.size());
  std::vector<std::string> text;
  std::vector<std::size_t> places;  // of the words that can be pronounced
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!learn(words[i].text)) continue;
    text.push_back(words[i].text);
    places.push_back(i);
  }
  const auto found = decoder_.align(samples, text, stop);
  const auto borne_out = judge(found);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!borne_out[i]) continue;
    AlignedWord word;
    word.span = {start + at_frame(found[i].first_frame), start + at_frame(found[i].last_frame + 1)};
    word.probability = probability_of(fit_around(found, i));
    result[places[i]] = word;
  }
  return result;
}

}  // namespace reelwright::speech

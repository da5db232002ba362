#include "speech/found_words.h"

#include <algorithm>

namespace reelwright::speech {

namespace {

constexpr std::size_t reach = 2;  // words on either side that a word is judged with

}  // namespace

std::optional<double> fit_around(std::span<const WordFit> words, std::size_t middle) {
  double sum = 0;
  int weight = 0;
  const std::size_t begin = middle - std::min(middle, reach);
  for (std::size_t i = begin; i < std::min(words.size(), middle + reach + 1); ++i) {
    sum += words[i].fit * words[i].weight;
    weight += words[i].weight;
  }
  return weight > 0 ? std::optional(sum / weight) : std::nullopt;
}

std::vector<bool> borne_out(std::span<const WordFit> words, double worst) {
  constexpr std::size_t mumbled_between = 2;
  constexpr std::size_t mumbled_at_edge = 1;
  std::vector<bool> fits(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto fit = fit_around(words, i);
    fits[i] = fit && *fit >= worst;
  }
  const std::vector<bool> certain = fits;
  for (std::size_t begin = 0; begin < certain.size(); ++begin) {
    if (certain[begin]) continue;
    std::size_t end = begin;
    while (end < certain.size() && !certain[end]) ++end;
    const bool between = begin > 0 && end < certain.size();
    const bool alone = begin == 0 && end == certain.size();
    if (!alone && end - begin <= (between ? mumbled_between : mumbled_at_edge))
      std::fill_n(fits.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, true);
    begin = end;
  }
  return fits;
}

}  // namespace reelwright::speech

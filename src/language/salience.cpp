#include "language/salience.h"

#include <algorithm>
#include <cmath>

namespace reelwright::language {

namespace {

constexpr double prior_words = 50;  // the prior weighs as much as so many words of text

double log_odds(double count, double total) { return std::log(count / std::max(total - count, 1e-9)); }

}  // namespace

Salience::Salience(const std::vector<Sentence>& talk, const Lexer& lexer) {
  terms_.reserve(talk.size());
  for (const auto& sentence : talk) {
    auto& terms = terms_.emplace_back();
    for (auto& token : lexer.tokens(sentence.text)) {
      auto stem = lexer.is_stop_word(token.lower) ? std::string() : lexer.stem(token.lower);
      if (!stem.empty()) ++frequency_[stem], ++total_;
      terms.push_back({std::move(token), std::move(stem)});
    }
  }
}

std::unordered_map<std::string, double> Salience::of(std::size_t first, std::size_t end) const {
  std::unordered_map<std::string, double> counts;
  double words = 0;
  for (auto i = first; i < end; ++i) {
    for (const auto& term : terms_[i]) {
      if (!term.stem.empty()) ++counts[term.stem], ++words;
    }
  }
  for (auto& [stem, count] : counts) {
    const double everywhere = frequency_.at(stem);
    const double prior = prior_words * everywhere / total_;
    const double here = count + prior;
    const double elsewhere = everywhere - count + prior;
    const double ratio =
        log_odds(here, words + prior_words) - log_odds(elsewhere, total_ - words + prior_words);
    const double z = ratio / std::sqrt(1 / here + 1 / elsewhere);
    count = std::max(0.0, z) + std::log1p(count);
  }
  return counts;
}

}  // namespace reelwright::language

#include "language/digest.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "language/keywords.h"
#include "language/phrases.h"
#include "language/titles.h"

namespace reelwright::language {

namespace {

constexpr std::size_t description_bytes = 200;
constexpr std::size_t telling_words = 5;  // fewer say little

/// What a sentence tells, a word; long ones are not better for being long.
double weight_of(const std::vector<Term>& terms, const Weights& weights) {
  if (terms.size() < telling_words) return 0;
  double sum = 0;
  for (const auto& term : terms) sum += term.stem.empty() ? 0 : weights.at(term.stem);
  const double leaning = leans_on_context(terms.front().token.lower) ? 0.5 : 1.0;
  return leaning * sum / (10.0 + static_cast<double>(terms.size()));
}

std::string shortened(std::string text) {
  if (text.size() <= description_bytes) return text;
  auto cut = text.rfind(' ', description_bytes);
  if (cut == std::string::npos) {
    for (cut = description_bytes; (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80; --cut) {
    }
  }
  text.resize(cut);
  while (!text.empty() && std::string_view(",;:-").contains(text.back())) text.pop_back();
  return text + "\u2026";
}

std::string description_of(const std::vector<Sentence>& talk, std::size_t first, std::size_t end,
                           const Salience& salience, const Weights& weights) {
  std::size_t best = first;
  double best_weight = -1;
  for (auto i = first; i < end; ++i) {
    const double weight = weight_of(salience.terms(i), weights);
    if (weight > best_weight) best = i, best_weight = weight;
  }
  auto text = as_sentence(talk[best].text);
  if (best + 1 < end && text.size() + talk[best + 1].text.size() + 2 <= description_bytes) {
    text += ' ' + as_sentence(talk[best + 1].text);
  }
  return shortened(std::move(text));
}

}  // namespace

Digest digest(const std::vector<Sentence>& talk, std::size_t first, std::size_t end,
              const Salience& salience) {
  const auto weights = salience.of(first, end);
  return {titles(talk, first, end, salience, weights), description_of(talk, first, end, salience, weights),
          keywords(talk, first, end, salience, weights)};
}

}  // namespace reelwright::language

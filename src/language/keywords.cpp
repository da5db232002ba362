#include "language/keywords.h"

#include <algorithm>
#include <map>
#include <set>

namespace reelwright::language {

namespace {

constexpr std::size_t most_keywords = 5;

using Spellings = std::map<std::string, int>;

struct Candidate {
  std::vector<std::string> stems;
  int count = 0;
  double weight = 0;
  Spellings spellings;
};

/// Whether only blanks lie between two words.
bool adjacent(const Sentence& sentence, const Term& left, const Term& right) {
  return right.token.begin == left.token.end + 1 && sentence.text[left.token.end] == ' ';
}

/// A keyword is written as it is most often; at the start of a sentence the capital says nothing.
std::string spelling(const Sentence& sentence, const std::vector<Term>& terms, std::size_t at,
                     std::size_t size) {
  const auto begin = terms[at].token.begin;
  auto text = sentence.text.substr(begin, terms[at + size - 1].token.end - begin);
  const bool acronym =
      text.size() > 1 && static_cast<unsigned char>(text[1]) < 0x80 && std::isupper(text[1]) != 0;
  if (at == 0 && !acronym) text.replace(0, terms[at].token.end - begin, terms[at].token.lower);
  return text;
}

void add(std::map<std::vector<std::string>, Candidate>& found, std::vector<std::string> stems,
         std::string written) {
  auto& candidate = found[stems];
  candidate.stems = std::move(stems);
  ++candidate.count;
  if (written.ends_with("'s")) written.resize(written.size() - 2);
  ++candidate.spellings[std::move(written)];
}

std::vector<Candidate> candidates(const std::vector<Sentence>& talk, std::size_t first, std::size_t end,
                                  const Salience& salience, const Weights& weights) {
  std::map<std::vector<std::string>, Candidate> found;
  for (auto i = first; i < end; ++i) {
    const auto& terms = salience.terms(i);
    for (std::size_t at = 0; at < terms.size(); ++at) {
      if (terms[at].stem.empty()) continue;
      add(found, {terms[at].stem}, spelling(talk[i], terms, at, 1));
      const bool pair =
          at + 1 < terms.size() && !terms[at + 1].stem.empty() && terms[at].stem != terms[at + 1].stem;
      if (pair && adjacent(talk[i], terms[at], terms[at + 1])) {
        add(found, {terms[at].stem, terms[at + 1].stem}, spelling(talk[i], terms, at, 2));
      }
    }
  }
  std::vector<Candidate> kept;
  for (auto& [stems, candidate] : found) {
    if (stems.size() > 1 && candidate.count < 2) continue;  // a pair must be said twice to be a term
    for (const auto& stem : stems) candidate.weight = std::max(candidate.weight, weights.at(stem));
    candidate.weight += static_cast<double>(stems.size() - 1);
    kept.push_back(std::move(candidate));
  }
  std::ranges::stable_sort(kept, std::greater{}, &Candidate::weight);
  return kept;
}

}  // namespace

std::vector<std::string> keywords(const std::vector<Sentence>& talk, std::size_t first, std::size_t end,
                                  const Salience& salience, const Weights& weights) {
  std::vector<std::string> chosen;
  std::set<std::string> used;
  for (const auto& candidate : candidates(talk, first, end, salience, weights)) {
    if (std::ranges::any_of(candidate.stems, [&](const auto& stem) { return used.contains(stem); })) continue;
    used.insert(candidate.stems.begin(), candidate.stems.end());
    chosen.push_back(
        std::ranges::max_element(candidate.spellings, {}, [](const auto& s) { return s.second; })->first);
    if (chosen.size() == most_keywords) break;
  }
  return chosen;
}

}  // namespace reelwright::language

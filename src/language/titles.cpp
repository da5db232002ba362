#include "language/titles.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <set>

#include "language/phrases.h"

namespace reelwright::language {

namespace {

constexpr std::size_t fewest_words = 3;
constexpr std::size_t most_words = 9;
constexpr std::size_t most_titles = 5;
constexpr std::size_t most_bytes = 70;
constexpr double clause_start_gain = 0.5;
constexpr double clause_end_gain = 0.25;
constexpr double question_gain = 0.3;
constexpr double size_offset = 5;  // words; without it the shortest phrase would always tell most a word

struct Title {
  double weight;
  std::string text;
  std::set<std::string> stems;
};

/// Terms [begin, end) of a sentence without punctuation between them.
struct Clause {
  std::size_t begin;
  std::size_t end;
};

bool punctuation_between(const std::string& text, const Term& left, const Term& right) {
  return std::any_of(text.begin() + static_cast<long>(left.token.end),
                     text.begin() + static_cast<long>(right.token.begin),
                     [](char c) { return c != ' ' && c != '\'' && c != '-'; });
}

std::vector<Clause> clauses(const Sentence& sentence, const std::vector<Term>& terms) {
  std::vector<Clause> found;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= terms.size(); ++i) {
    if (i < terms.size() && !punctuation_between(sentence.text, terms[i - 1], terms[i])) continue;
    found.push_back({begin, i});
    begin = i;
  }
  return found;
}

bool asks(const std::string& lower) {
  return lower == "how" || lower == "why" || lower == "what" || lower == "when" || lower == "who" ||
         lower == "where";
}

bool may_open(const Term& term) {
  const auto& word = term.token.lower;
  return !term.stem.empty() || asks(word) || word == "the" || word == "a" || word == "an" || word == "your" ||
         word == "our" || word == "my" || word == "we" || word == "you" || word == "i" || word == "no" ||
         word == "every" || word == "never";
}

std::string capitalised(const std::string& text) {
  auto unicode = icu::UnicodeString::fromUTF8(text);
  const auto first = unicode.moveIndex32(0, 1);
  const auto head = icu::UnicodeString(unicode, 0, first).toUpper(icu::Locale::getRoot());
  unicode.replace(0, first, head);
  unicode = icu::UnicodeString(u" ") + unicode + u" ";
  unicode.findAndReplace(u" i ", u" I ").findAndReplace(u" i'", u" I'");
  std::string out;
  return unicode.trim().toUTF8String(out);
}

double weight_of(const std::vector<Term>& terms, Clause clause, std::size_t begin, std::size_t end,
                 const Weights& weights, std::set<std::string>& stems) {
  double sum = 0;
  for (auto i = begin; i < end; ++i) {
    if (!terms[i].stem.empty() && stems.insert(terms[i].stem).second) sum += weights.at(terms[i].stem);
  }
  double gain = 1;
  if (begin == clause.begin) gain += clause_start_gain;
  if (end == clause.end) gain += clause_end_gain;
  if (asks(terms[begin].token.lower)) gain += question_gain;
  return gain * sum / (static_cast<double>(end - begin) + size_offset);
}

void add_titles(const Sentence& sentence, const std::vector<Term>& terms, Clause clause,
                const Weights& weights, std::vector<Title>& found) {
  for (auto begin = clause.begin; begin < clause.end; ++begin) {
    if (!may_open(terms[begin])) continue;
    const auto last = std::min(clause.end, begin + most_words);
    for (auto end = begin + fewest_words; end <= last; ++end) {
      if (terms[end - 1].stem.empty()) continue;
      const auto from = terms[begin].token.begin;
      auto text = sentence.text.substr(from, terms[end - 1].token.end - from);
      if (text.size() > most_bytes) break;
      if (end == terms.size() && sentence.text.ends_with('?') && asks(terms[begin].token.lower)) text += '?';
      std::set<std::string> stems;
      const double weight = weight_of(terms, clause, begin, end, weights, stems);
      if (!stems.empty()) found.push_back({weight, capitalised(text), std::move(stems)});
    }
  }
}

/// Whether two titles say the same: most words of the shorter are in the other.
bool alike(const Title& a, const Title& b) {
  const auto shared =
      std::ranges::count_if(a.stems, [&](const auto& stem) { return b.stems.contains(stem); });
  return 2 * static_cast<std::size_t>(shared) > std::min(a.stems.size(), b.stems.size());
}

}  // namespace

std::vector<std::string> titles(const std::vector<Sentence>& talk, std::size_t first, std::size_t end,
                                const Salience& salience, const Weights& weights) {
  std::vector<Title> found;
  for (auto i = first; i < end; ++i) {
    for (const auto clause : clauses(talk[i], salience.terms(i)))
      add_titles(talk[i], salience.terms(i), clause, weights, found);
  }
  std::ranges::stable_sort(found, std::greater{}, &Title::weight);
  std::vector<Title> kept;
  for (auto& title : found) {
    if (kept.size() == most_titles) break;
    if (std::ranges::none_of(kept, [&](const Title& other) { return alike(title, other); }))
      kept.push_back(std::move(title));
  }
  std::vector<std::string> texts;
  texts.reserve(kept.size());
  for (auto& title : kept) texts.push_back(std::move(title.text));
  if (texts.empty()) {
    for (const auto& keyword : keywords(talk, first, end, salience, weights))
      texts.push_back(capitalised(keyword));
  }
  return texts;
}

std::string as_sentence(const std::string& text) {
  if (text.empty()) return text;
  auto sentence = capitalised(text);
  while (!sentence.empty() && std::string_view(",;:").contains(sentence.back())) sentence.pop_back();
  return ends_sentence(sentence) ? sentence : sentence + '.';
}

}  // namespace reelwright::language

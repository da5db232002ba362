#include "clips/signals_opening.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "language/phrases.h"

namespace reelwright::clips {

namespace {

using language::Term;
using Words = std::initializer_list<std::string_view>;

const Words fillers = {"uh",   "um",   "er", "ah",      "oh", "hmm", "mm",
                       "well", "okay", "ok", "alright", "so", "now"};
const Words answers = {"yeah",    "yes",  "yep",        "no",   "right",
                       "exactly", "sure", "absolutely", "true", "correct"};
const Words joiners = {"and", "but", "or", "because", "then", "also", "plus", "which", "who"};
const Words pointers = {"this", "these", "that", "those", "his", "her", "their", "its"};

const Words verbs = {"is", "are", "was", "were", "has", "have", "had", "does", "did", "of", "than", "to"};

const Words contrasts = {"but",    "however",      "actually", "instead", "wrong",    "never",
                         "nobody", "myth",         "mistake",  "problem", "although", "despite",
                         "yet",    "surprisingly", "contrary", "unlike"};
const Words superlatives = {"most", "best",    "worst",     "biggest",  "greatest", "only",     "first",
                            "last", "hardest", "easiest",   "fastest",  "largest",  "smallest", "highest",
                            "key",  "secret",  "important", "favorite", "favourite"};
const Words stories = {"imagine", "remember", "story", "once", "suddenly", "suppose", "picture"};
const Words questions = {"how", "why", "what", "who", "when", "where"};

bool among(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool any_of(const std::vector<Term>& terms, const Words& words) {
  return std::ranges::any_of(terms, [&](const Term& term) { return among(words, term.token.lower); });
}

std::size_t skip_fillers(const std::vector<Term>& terms) {
  return static_cast<std::size_t>(
      std::ranges::find_if_not(terms, [](const Term& term) { return among(fillers, term.token.lower); }) -
      terms.begin());
}

bool is_number(const Term& term) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"hundred", "thousand", "million", "billion", "percent", "half", "twice"});
  return std::isdigit(static_cast<unsigned char>(term.token.lower.front())) != 0 ||
         std::ranges::find(names, term.token.lower) != names.end();
}

bool speaks_to_viewer(const Term& term) {
  return term.token.lower == "you" || term.token.lower == "your" || term.token.lower.starts_with("you'");
}

}  // namespace

double stands_alone(const language::Sentence& sentence, const std::vector<Term>& terms) {
  const auto at = skip_fillers(terms);
  if (at >= terms.size()) return 0.2;
  const auto& word = terms[at].token.lower;
  double value = 1 - 0.1 * static_cast<double>(std::min<std::size_t>(at, 3));
  const bool cut_off =
      among(verbs, word) && !sentence.text.ends_with('?');  // the rest of a sentence that was cut
  if (among(joiners, word) || cut_off) {
    value -= 0.5;
  } else if (among(answers, word)) {
    value -= 0.4;
  } else if (among(pointers, word) && at + 1 < terms.size() && !terms[at + 1].stem.empty()) {
    value -= 0.35;  // "this recipe" at least says what it is
  } else if (language::leans_on_context(word)) {
    value -= 0.7;
  }
  const auto content = std::ranges::count_if(terms, [](const Term& term) { return !term.stem.empty(); });
  if (content < 2) value -= 0.3;
  // A text that has capitals and does not begin with one is the tail of a sentence.
  const auto first = static_cast<unsigned char>(sentence.text.front());
  const bool has_capitals = sentence.closed;
  if (has_capitals && std::islower(first) != 0) value -= 0.3;
  return std::clamp(value, 0.0, 1.0);
}

double hook(const language::Sentence& sentence, const std::vector<Term>& terms) {
  const auto at = skip_fillers(terms);
  double sum = 0;
  if (sentence.text.ends_with('?')) sum += 0.6;
  if (at < terms.size() && among(questions, terms[at].token.lower)) sum += 0.4;
  if (std::ranges::any_of(terms, is_number)) sum += 0.3;
  if (any_of(terms, contrasts)) sum += 0.3;
  if (any_of(terms, superlatives)) sum += 0.35;
  if (std::ranges::any_of(terms, speaks_to_viewer)) sum += 0.25;
  if (any_of(terms, stories)) sum += 0.35;
  return 1 - std::exp(-1.5 * sum);
}

}  // namespace reelwright::clips

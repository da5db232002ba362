#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clips/selection.h"
#include "language/language_model.h"

namespace reelwright::clips {

/// A candidate as a language model sees it.
struct Judged {
  core::Span span;
  std::string text;  ///< all that is said in it
};

/// What a language model says of a candidate: its texts are clean, and may be empty.
struct Judgement {
  std::size_t candidate = 0;  ///< index among those that it was shown
  int score = 0;              ///< 0 to 100
  std::string title;
  Opinion opinion;
};

/// Ranges [first, second) of candidates that fit into one question each.
std::vector<std::pair<std::size_t, std::size_t>> windows(const std::vector<Judged>& candidates);

/// Asks for a judgement of each of `candidates`, which the answer names by their numbers. `language`: of what
/// is said, BCP 47.
language::Prompt judgement_prompt(const std::vector<Judged>& candidates, const std::string& language);

/// What an answer of the prompt's schema says of `count` candidates, by rising candidate: numbers that there
/// are not are passed over, of those that stand twice the first counts, scores are brought within their
/// bounds.
std::vector<Judgement> read_judgements(std::string_view json, std::size_t count);

}  // namespace reelwright::clips

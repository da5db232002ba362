#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "language/lexer.h"
#include "language/sentences.h"

namespace reelwright::language {

/// A word of a sentence with what is known of it.
struct Term {
  Token token;
  std::string stem;  ///< empty for stop words
};

/// What a part of a talk is about, against the rest of it.
class Salience {
 public:
  Salience(const std::vector<Sentence>& talk, const Lexer& lexer);

  const std::vector<Term>& terms(std::size_t sentence) const { return terms_[sentence]; }

  /// How much sentences [first, end) are about each of their stems: the z score of the log odds ratio with an
  /// informative Dirichlet prior, the talk's own frequencies (Monroe, Colaresi & Quinn 2008), plus the
  /// logarithm of the number of times it is said there, so that there is an order where the part is the whole
  /// talk.
  std::unordered_map<std::string, double> of(std::size_t first, std::size_t end) const;

 private:
  std::vector<std::vector<Term>> terms_;
  std::unordered_map<std::string, double> frequency_;
  double total_ = 0;
};

}  // namespace reelwright::language

#pragma once

#include <string>
#include <vector>

#include "language/lexer.h"
#include "language/salience.h"
#include "language/sentences.h"

namespace reelwright::language {

/// A part of a talk in a few words, all of them its own.
struct Digest {
  std::vector<std::string>
      titles;  ///< up to five, the best first; phrases of three to nine words, or keywords if there are none
  std::string description;            ///< one or two sentences, at most 200 characters
  std::vector<std::string> keywords;  ///< up to five words or pairs of words, the most telling first
};

/// The digest of sentences [first, end) of `talk`; `salience` must have been made of the same talk.
/// Keywords are the stems with the highest `Salience`, pairs that stand together joined (after RAKE: Rose et
/// al. 2010), each written as it is written most often. A title is the run of words within a clause that
/// tells most per word.
Digest digest(const std::vector<Sentence>& talk, std::size_t first, std::size_t end,
              const Salience& salience);

}  // namespace reelwright::language

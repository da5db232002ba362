#pragma once

#include <string>
#include <vector>

#include "language/keywords.h"
#include "language/salience.h"
#include "language/sentences.h"

namespace reelwright::language {

/// Up to five titles for sentences [first, end), the best first; see `Digest`.
std::vector<std::string> titles(const std::vector<Sentence>& talk, std::size_t first, std::size_t end,
                                const Salience& salience, const Weights& weights);

/// `text` with a capital at its start (and a lone "i" made "I") and a full stop where it has no end.
std::string as_sentence(const std::string& text);

}  // namespace reelwright::language

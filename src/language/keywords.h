#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "language/salience.h"
#include "language/sentences.h"

namespace reelwright::language {

using Weights = std::unordered_map<std::string, double>;  ///< of stems, see `Salience::of`

/// Up to five keywords of sentences [first, end); see `Digest`.
std::vector<std::string> keywords(const std::vector<Sentence>& talk, std::size_t first, std::size_t end,
                                  const Salience& salience, const Weights& weights);

}  // namespace reelwright::language

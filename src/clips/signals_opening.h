#pragma once

#include <vector>

#include "language/salience.h"
#include "language/sentences.h"

namespace reelwright::clips {

/// 1 where the sentence can be the first that a viewer hears, less for every way in which it leans on what
/// came before.
double stands_alone(const language::Sentence& sentence, const std::vector<language::Term>& terms);

/// 0 to 1: how much the sentence makes one want to hear on.
double hook(const language::Sentence& sentence, const std::vector<language::Term>& terms);

}  // namespace reelwright::clips

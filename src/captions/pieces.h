#pragma once

#include <string>
#include <vector>

#include "captions/layout.h"

/// The material of the layout: words as measured pieces that know where a line may break.
namespace reelwright::captions {

struct Piece {
  PageWord word;
  double width = 0;  ///< in the measure's unit
  double columns = 0;
  core::Time gap{};       ///< silence after it
  bool may_break = true;  ///< after it, by UAX 14
  bool ends_clause = false;
  bool is_weak = false;  ///< a short word that leans on the next one: no good end of a line
};

/// Words between two places where a page has to end.
struct Run {
  std::string speaker;
  std::vector<Piece> pieces;
};

std::vector<Run> make_runs(const transcript::Transcript& transcript, const LayoutOptions& options,
                           const Measure& measure);

/// Whether a sentence ends with `word`: abbreviations and initials do not end one.
bool ends_sentence(std::string_view word);

}  // namespace reelwright::captions

#pragma once

#include <vector>

#include "language/lexer.h"
#include "language/line.h"

namespace reelwright::language {

/// What speaks for a new topic beside the words it is about, in log odds: entry i is for a boundary before
/// line i (entry 0 is 0), and the entries have mean zero, so that they move boundaries without adding any.
/// Cue phrases at the opening of a line and at the close of the one before (Hirschberg & Litman 1993; Galley
/// et al. 2003), the length of the line (a topic is not opened by "Yeah."), the pause before it, and a change
/// of speaker. Cue phrases are English. What only speech has weighs as far as the text looks spoken: an
/// essay's "finally" is no cue.
std::vector<double> boundary_evidence(const std::vector<Line>& lines, const Lexer& lexer);

}  // namespace reelwright::language

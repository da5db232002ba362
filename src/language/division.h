#pragma once

#include <cstddef>
#include <vector>

#include "core/context.h"
#include "language/cohesion.h"

namespace reelwright::language {

// The way to divide lines that has the highest sum of cohesion and evidence, found exactly by dynamic
// programming. `evidence`: one a line, for a boundary before it. Both give the lines that begin a part,
// ascending, line 0 left out, and throw `cancelled`.

/// Each part pays `price` and has at most 2,000 lines. Time: lines times such a part.
std::vector<std::size_t> divide_freely(Cohesion& cohesion, const std::vector<double>& evidence, double price,
                                       const core::Context& context);

/// Into `count` parts, 1 to the number of lines; with a `count` above 8 each has at most eight times the mean
/// length. Memory: lines times `count`.
std::vector<std::size_t> divide_into(std::size_t count, Cohesion& cohesion,
                                     const std::vector<double>& evidence, const core::Context& context);

}  // namespace reelwright::language

#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "core/context.h"

namespace reelwright::speech {

/// A direction of length 1; all of one call have as many dimensions.
using Direction = std::vector<float>;

/// When to stop joining. Pairs are joined the nearest first.
struct JoinLimits {
  double farthest = 2;  ///< cosine distance (0 to 2) beyond which pairs stay apart ...
  std::size_t most =
      std::numeric_limits<std::size_t>::max();  ///< ... unless there are more groups than these
  std::size_t fewest = 1;                       ///< groups that stay apart however near
};

/// Agglomerative clustering by average linkage (Sokal and Michener 1958): two groups are as far apart as
/// their members are on average, by cosine distance. Gives the group of each direction, numbered from 0 in
/// order of first members. Of directions that distance is one minus the product of the groups' means, so no
/// table of pairs is needed: memory is that of the directions. Chains of nearest neighbours (Murtagh 1983)
/// find the joins of up to a thousand directions in n^2 steps; of more, each thousand is first joined by
/// itself where it is nearer than half of `farthest`, and to half its number in any case, so time grows with
/// n and not with its square. Throws `cancelled`.
std::vector<std::size_t> agglomerate(const std::vector<Direction>& directions, const JoinLimits& limits,
                                     const core::Context& context);

}  // namespace reelwright::speech

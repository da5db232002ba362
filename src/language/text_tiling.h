#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "language/text_embedder.h"

namespace reelwright::language {

/// TextTiling (Hearst 1997) over the vectors of lines, as ClipsAI has it (after Solbiati et al. 2021): the
/// cosine between the means of the seven lines before and behind each gap, smoothed over three gaps; the
/// depth of a gap is how far it lies below the peaks to its left and right; a topic begins where the depth is
/// a local maximum above mean plus standard deviation. With `count` at the deepest `count - 1` local maxima
/// instead, and at the deepest other gaps where those are too few.
std::vector<std::size_t> tile_boundaries(const Embeddings& lines, const std::optional<std::size_t>& count);

}  // namespace reelwright::language

#pragma once

#include <vector>

#include "captions/page.h"
#include "captions/style.h"
#include "captions/type_ruler.h"

namespace reelwright::captions {

/// The faces on the output picture from `time` on, until the next entry.
struct FacesOnScreen {
  core::Time time{};       ///< since the clip's start
  std::vector<Box> boxes;  ///< output pixels
};

/// Gives every page its height: one height a shot (so that captions do not wander), in the safe area, clear
/// of faces where any height is, as near as possible to the style's own, and preferring the height of the
/// shot before. `faces` and `cuts` rise in time; both may be empty. The optimum over all shots (Viterbi,
/// 1967).
void place_captions(std::vector<Page>& pages, const Style& style, int width, int height,
                    const std::vector<FacesOnScreen>& faces, const std::vector<core::Time>& cuts);

/// Distance of the middles of two lines of a page, in pixels, before the page's own scale.
double line_distance(const Page& page, const Style& style, int width, int height);

/// The height of a page's block with its box or outline, in pixels.
double block_height(const Page& page, const Style& style, int width, int height);

}  // namespace reelwright::captions

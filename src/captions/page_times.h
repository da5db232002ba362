#pragma once

#include <vector>

#include "captions/layout.h"

namespace reelwright::captions {

/// Makes page times fit to be read: none shorter than `shortest_page` where there is room for it, none
/// overlaps the next, small gaps are closed, none outlasts `end`. Pages come in with the span of their words,
/// starts in order.
void settle_times(std::vector<Page>& pages, const LayoutOptions& options);

}  // namespace reelwright::captions

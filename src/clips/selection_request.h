#pragma once

#include <string>

#include "clips/selection.h"

namespace reelwright::clips {

/// What both ways of choosing have in common.

/// Throws `invalid_input` where no selection could be right: no clip asked for, durations not positive or
/// crossed. What a user may ask for is narrower and stands in the table of settings.
void require_possible(const SelectionRequest& request);

/// The duration in the middle of those allowed, as ratios go: their geometric mean.
core::Time ideal_duration(const SelectionRequest& request);

/// "Clip at 1:23", "Highlight at 1:02:03".
std::string clip_title(const std::string& kind, core::Time start);

core::Warning fewer_clips(const SelectionRequest& request, std::size_t found);
core::Warning short_source(const SelectionRequest& request);
core::Warning no_whole_sentence();

/// Numbers the clips and warns where there are fewer than asked for.
void finish(Selection& selection, const SelectionRequest& request);

}  // namespace reelwright::clips

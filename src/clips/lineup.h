#pragma once

#include <string>
#include <vector>

#include "clips/options.h"
#include "clips/selection.h"
#include "core/error.h"

namespace reelwright::clips {

/// A clip that is to be made, before spans of the user's own are told of in words.
struct Entry {
  ChosenClip clip;             ///< number and span are final
  const Edit* edit = nullptr;  ///< of the options: what else is wanted
  bool has_own_span = false;   ///< what `clip` tells of it is that of another span, or nothing
  bool title_stands = true;    ///< the title is not to be made anew
};

struct Lineup {
  std::vector<Entry> entries;  ///< by rising number
  std::vector<core::Warning> warnings;
};

/// Which clips are made of those that were chosen, the user's own spans and the edits.
///
/// An edit with both start and end is a clip by itself, and has its number whatever else was chosen: it
/// stands for the clip that it overlaps most (at least half of the shorter), else for the one of its number.
/// The others keep their numbers where those are free, else take the lowest that are. Any other edit is of
/// whatever clip has its number; where none has, that is a warning, `edit_without_clip`. `duration`: of the
/// source; no span goes beyond it. Throws `invalid_input` naming the edit that leaves nothing of a clip.
Lineup line_up(const std::vector<ChosenClip>& chosen, const Options& options, core::Time duration);

}  // namespace reelwright::clips

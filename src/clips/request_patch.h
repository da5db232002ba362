#pragma once

#include <string_view>

#include "clips/request.h"

namespace reelwright::clips {

/// `request` after a JSON merge patch (RFC 7396): members that `patch` names are replaced, those that it
/// makes null go back to their defaults. Throws as `read_request` does.
Request patched(const Request& request, std::string_view patch);

/// The same for the edit of clip `number`, which need not exist yet; `patch` has no `clip_number`. The clip
/// now stands from `now.start` to `now.end`: those become part of the edit, so that it stays with this clip
/// whatever is chosen later, unless `patch` says otherwise; corrected words that come with it stand for just
/// this clip. Places in errors are members of the edit: `crop[2].time`.
Request with_edit(Request request, int number, std::string_view patch, core::Span now);

/// The edit of a clip as a JSON merge patch meets it: what is wrong with it, by the members of the edit.
std::vector<FieldFault> faults_of_edit(const Request& request, int number);

}  // namespace reelwright::clips

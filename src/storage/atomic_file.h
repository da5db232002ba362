#pragma once

// Inside `storage/` only: how a file comes into a folder whole or not at all.

#include <string>

#include "core/time.h"

namespace reelwright::storage {

/// Makes `name` in `folder` a hard link to the open file `from`, or a copy of it where that cannot be, in
/// place of what was there. Bytes and name are on the disk when it returns. What fails leaves nothing behind.
void place_file(int from, int folder, const std::string& name);

/// Whether `place_file` makes such names for what is not yet whole.
bool is_unfinished(const std::string& name);

/// Removes unfinished files of `folder` that nobody has touched since `before`.
void remove_unfinished(int folder, core::Moment before);

}  // namespace reelwright::storage

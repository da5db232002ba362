#pragma once

#include <filesystem>

namespace reelwright::jobs {

/// Ends the child of a worker that lost the job without noticing, because it hangs or was suspended, where
/// that child still holds the `workspace`. To be called by who has the claim. Does nothing where nobody holds
/// it, and where the holder is no job or cannot be seen from here: in another container or on another
/// machine. Whether the workspace is free.
bool end_stale_child(const std::filesystem::path& workspace);

}  // namespace reelwright::jobs

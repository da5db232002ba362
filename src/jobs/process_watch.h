#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>

namespace reelwright::jobs {

/// The most memory a process held at any one time since it began or last set that mark back; 0 once it has
/// ended.
std::int64_t peak_memory_mib(pid_t process);

/// The room that all below `folder` takes on the disk. An empty file counts too, so that a million of them
/// do. What vanishes meanwhile does not.
std::int64_t disk_use_mib(const std::filesystem::path& folder);

}  // namespace reelwright::jobs

#pragma once

#include <filesystem>
#include <vector>

/// Landlock: what the files and TCP of a process are confined to by itself (Linux 5.13 and later).
namespace reelwright::jobs {

/// The version of Landlock that the kernel offers; 0 where it has none or may not be asked.
int landlock_version();

struct FileRights {
  std::vector<std::filesystem::path> readable;    ///< with all below; those that are missing are passed over
  std::vector<std::filesystem::path> writable;    ///< the same, for files that stand: to read and write
  std::vector<std::filesystem::path> workspaces;  ///< to read, write, make and delete; must stand
};

enum class Confined {
  no,          ///< the kernel refused
  one_thread,  ///< only the calling thread, and those it will start
  all_threads,
};

/// Lets the process keep these rights and no others: no TCP, no execution, no links to devices, sockets or
/// other places. Needs `no_new_privs`. Holds for good.
Confined enter_landlock(const FileRights& rights);

}  // namespace reelwright::jobs

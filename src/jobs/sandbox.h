#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace reelwright::jobs {

/// What the kernel and whoever started this program let a job be confined by.
struct SandboxState {
  int landlock_version = 0;  ///< 0: none
  bool seccomp = false;
  std::vector<std::string> lacks;  ///< what is missing, one sentence each

  bool whole() const { return lacks.empty(); }
};

/// Thread-safe; asks the kernel anew each time.
SandboxState sandbox_state();

/// What is left to a confined process, beside the system's libraries, fonts and models.
struct SandboxRules {
  std::filesystem::path workspace;              ///< the one folder to write to; must stand
  std::vector<std::filesystem::path> readable;  ///< files, and folders with all below
  std::uint64_t largest_file = 0;               ///< bytes; a larger one ends the process by SIGXFSZ
  std::uint64_t cpu_seconds = 0;                ///< of all threads; more ends the process by SIGXCPU
};

/// Confines the calling process for good: no network, no other programs or processes, no files but those of
/// `rules`, no descriptors but the first four. To be called before there are threads and before anything of
/// a stranger is opened. Returns what could not be had, one sentence each. Throws `not_found` where the
/// workspace is missing.
std::vector<std::string> enter_sandbox(const SandboxRules& rules);

}  // namespace reelwright::jobs

#include "jobs/process_watch.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace reelwright::jobs {

namespace fs = std::filesystem;

std::int64_t peak_memory_mib(pid_t process) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string word; status >> word;) {
    if (word != "VmHWM:") continue;
    std::int64_t kib = 0;
    status >> kib;
    return kib / 1024;
  }
  return 0;
}

std::int64_t disk_use_mib(const fs::path& folder) {
  constexpr std::int64_t block = 512;
  constexpr std::int64_t least = 4096;
  std::int64_t bytes = 0;
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    struct stat facts{};
    if (::lstat(entries->path().c_str(), &facts) == 0)
      bytes += std::max<std::int64_t>(least, facts.st_blocks * block);
  }
  return bytes >> 20;
}

}  // namespace reelwright::jobs

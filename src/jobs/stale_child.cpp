#include "jobs/stale_child.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <thread>

#include "core/files.h"
#include "core/log.h"

namespace reelwright::jobs {

namespace {

using namespace std::chrono_literals;

constexpr auto time_to_die = 5s;

bool is_free(int lock) {
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) return false;
  ::flock(lock, LOCK_UN);
  return true;
}

/// Who has locked that file: /proc/locks has lines `1: FLOCK  ADVISORY  WRITE 4711 fd:01:1234 0 EOF`. Devices
/// are not compared, they differ from those of `stat` on some file systems; `is_job` looks closer.
std::optional<pid_t> holder_of(int lock) {
  struct stat facts{};
  if (::fstat(lock, &facts) != 0) return {};
  const std::string inode = ":" + std::to_string(facts.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, kind, mode, access, place;
    pid_t process = 0;
    if (words >> number >> kind >> mode >> access >> process >> place && kind == "FLOCK" && process > 0 &&
        place.ends_with(inode))
      return process;
  }
  return {};
}

/// Whether it works in that folder, which only the child of a worker does.
bool is_job(pid_t process, const std::filesystem::path& workspace) {
  std::error_code error;
  return std::filesystem::equivalent("/proc/" + std::to_string(process) + "/cwd", workspace, error) && !error;
}

}  // namespace

bool end_stale_child(const std::filesystem::path& workspace) {
  const core::Descriptor lock(::open((workspace / ".lock").c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (lock.get() < 0 || is_free(lock.get())) return true;
  const auto holder = holder_of(lock.get());
  if (!holder || !is_job(*holder, workspace)) return false;
  core::log::warning("job.stale_child_ended", {{"process", *holder}});
  ::kill(*holder, SIGKILL);
  const auto give_up = std::chrono::steady_clock::now() + time_to_die;
  while (!is_free(lock.get())) {  // not our child: there is nothing to wait on
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

}  // namespace reelwright::jobs

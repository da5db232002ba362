#include "jobs/sandbox.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <system_error>

#include "jobs/landlock.h"
#include "jobs/system_calls.h"

namespace reelwright::jobs {

namespace {

namespace fs = std::filesystem;

constexpr unsigned first_closed_descriptor = 4;
constexpr rlim_t most_descriptors = 1024;

/// Libraries, fonts, models and their settings, and what libraries ask of the machine.
constexpr const char* of_the_system[] = {"/usr",
                                         "/lib",
                                         "/lib64",
                                         "/etc/fonts",
                                         "/etc/ld.so.cache",
                                         "/etc/localtime",
                                         "/var/cache/fontconfig",
                                         "/proc/cpuinfo",
                                         "/proc/meminfo",
                                         "/proc/stat",
                                         "/proc/self",
                                         "/proc/self/exe",  // its symbols, for traces
                                         "/proc/sys/vm/overcommit_memory",
                                         "/sys/devices/system/cpu",
                                         "/sys/devices/system/node",
                                         "/dev/urandom",
                                         "/dev/random",
                                         "/dev/zero"};

constexpr const char* no_landlock =
    "Landlock: without it a job can open every file that the service can; Linux 5.13 or later has it, where "
    "it "
    "is not switched off (lsm=).";
constexpr const char* no_seccomp =
    "seccomp: without it a job can open sockets and start programs; the kernel lacks it, or a container "
    "forbids it.";
constexpr const char* other_threads = "Landlock: threads that ran before are not confined.";

void limit(__rlimit_resource what, rlim_t most) {
  rlimit now{};
  ::getrlimit(what, &now);
  const rlim_t allowed = std::min(most, now.rlim_max);
  const rlimit both{allowed, allowed};
  ::setrlimit(what, &both);
}

void set_limits(const SandboxRules& rules) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, most_descriptors);
  limit(RLIMIT_FSIZE, rules.largest_file);
  limit(RLIMIT_CPU, rules.cpu_seconds);
}

bool has_other_threads() {
  std::error_code ignored;
  const fs::directory_iterator threads("/proc/self/task", ignored);
  return std::distance(fs::begin(threads), fs::end(threads)) > 1;
}

FileRights rights(const SandboxRules& rules) {
  // Where the peak of memory is set back between stages.
  FileRights rights{.readable = {std::begin(of_the_system), std::end(of_the_system)},
                    .writable = {"/dev/null", "/proc/self/clear_refs"},
                    .workspaces = {rules.workspace}};
  rights.readable.insert(rights.readable.end(), rules.readable.begin(), rules.readable.end());
  return rights;
}

/// The folder of a process in /proc is made when it is asked for and may be made anew; Landlock's right is to
/// the one that stood when it was given. Held open it stays.
void hold_own_proc_folder() { static_cast<void>(::open("/proc/self/clear_refs", O_PATH | O_CLOEXEC)); }

}  // namespace

SandboxState sandbox_state() {
  SandboxState state{
      .landlock_version = landlock_version(), .seccomp = can_filter_system_calls(), .lacks = {}};
  if (state.landlock_version == 0) state.lacks.emplace_back(no_landlock);
  if (!state.seccomp) state.lacks.emplace_back(no_seccomp);
  return state;
}

std::vector<std::string> enter_sandbox(const SandboxRules& rules) {
  std::vector<std::string> lacks;
  ::close_range(first_closed_descriptor, ~0U, 0);
  set_limits(rules);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  hold_own_proc_folder();
  const bool threads = has_other_threads();
  const Confined confined = enter_landlock(rights(rules));
  if (confined == Confined::no) lacks.emplace_back(no_landlock);
  if (confined == Confined::one_thread && threads) lacks.emplace_back(other_threads);
  if (!filter_system_calls()) lacks.emplace_back(no_seccomp);
  return lacks;
}

}  // namespace reelwright::jobs

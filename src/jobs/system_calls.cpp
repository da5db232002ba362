#include "jobs/system_calls.h"

#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>

namespace reelwright::jobs {

namespace {

/// Refused whatever the arguments. Names, not numbers: not every machine has each.
constexpr const char* refused[] = {
    // the network, and talking to other processes; the socket to the worker is open already
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "mq_open", "msgget", "semget",
    "shmget", "shmat",
    // programs and processes; `clone` below
    "execve", "execveat", "fork", "vfork", "setpgid", "setsid",
    // other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "pidfd_open",
    "pidfd_getfd", "pidfd_send_signal", "kcmp", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    "setpriority", "ioprio_set", "migrate_pages", "move_pages",
    // the tree of files
    "mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "open_tree_attr",
    "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "statmount", "listmount", "unshare", "setns",
    "quotactl", "quotactl_fd", "swapon", "swapoff", "acct",
    // files by ways that Landlock does not see
    "open_by_handle_at", "name_to_handle_at", "chmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown",
    "fchownat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr",
    "fremovexattr", "removexattrat", "file_setattr", "truncate", "truncate64", "mknod", "mknodat", "utime",
    "utimes", "futimesat", "fanotify_init", "fanotify_mark", "inotify_init", "inotify_init1",
    // memory that counts for nobody
    "memfd_create", "memfd_secret",
    // who one is
    "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid", "setfsgid", "setgroups",
    "capset", "personality",
    // large and young parts of the kernel
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register",
    "keyctl", "add_key", "request_key", "landlock_create_ruleset", "vmsplice",
    // the machine
    "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "syslog",
    "sethostname", "setdomainname", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "stime",
    "vhangup", "iopl", "ioperm", "modify_ldt", "uselib", "lookup_dcookie", "nfsservctl", "_sysctl"};

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};

class Filter {
 public:
  Filter() : filter_(seccomp_init(SCMP_ACT_ALLOW)) {
    if (!filter_) return;
    good_ = seccomp_attr_set(filter_.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0;
  }

  /// A call that this machine does not have cannot be made either.
  template <typename... Conditions>
  void refuse(const char* name, int error, Conditions... conditions) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR) return;
    good_ = good_ && seccomp_rule_add(filter_.get(), SCMP_ACT_ERRNO(static_cast<std::uint16_t>(error)),
                                      number, sizeof...(conditions), conditions...) == 0;
  }

  bool load() { return good_ && seccomp_load(filter_.get()) == 0; }

 private:
  std::unique_ptr<void, Release> filter_;
  bool good_ = false;
};

constexpr scmp_datum_t int_mask = 0xFFFFFFFF;  // the kernel looks at no more of an int

void refuse_by_argument(Filter& filter) {
  // Flags behind a pointer cannot be looked at; told that there is no such call, libc falls back to `clone`.
  filter.refuse("clone3", ENOSYS);
  filter.refuse("clone", EPERM, SCMP_A0_64(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  const auto self = static_cast<scmp_datum_t>(::getpid());
  filter.refuse("kill", EPERM, SCMP_A0_64(SCMP_CMP_NE, self));
  filter.refuse("tgkill", EPERM, SCMP_A0_64(SCMP_CMP_NE, self));
  filter.refuse("prlimit64", EPERM, SCMP_A0_64(SCMP_CMP_NE, 0), SCMP_A2_64(SCMP_CMP_NE, 0));
  for (const int option : {PR_SET_PDEATHSIG, PR_SET_PTRACER, PR_SET_DUMPABLE, PR_SET_MM})
    filter.refuse("prctl", EPERM,
                  SCMP_A0_64(SCMP_CMP_MASKED_EQ, int_mask, static_cast<scmp_datum_t>(option)));
  for (const scmp_datum_t request : {scmp_datum_t{TIOCSTI}, scmp_datum_t{TIOCLINUX}})
    filter.refuse("ioctl", EPERM, SCMP_A1_64(SCMP_CMP_MASKED_EQ, int_mask, request));
}

}  // namespace

bool can_filter_system_calls() {
  const unsigned action = SECCOMP_RET_ERRNO;
  return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool filter_system_calls() {
  Filter filter;
  for (const char* name : refused) filter.refuse(name, EPERM);
  refuse_by_argument(filter);
  return filter.load();
}

}  // namespace reelwright::jobs

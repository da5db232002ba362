#include "jobs/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/keyctl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <functional>
#include <thread>

#include "core/error.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {
namespace {

namespace fs = std::filesystem;

/// How a child ends that runs `work`: what `waitpid` tells.
int status_of(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status;
}

/// What a call that must fail says.
int error_of(long result) { return result < 0 ? errno : 0; }

int error_of_open(const fs::path& file, int flags = O_RDONLY) {
  const core::Descriptor fd(::open(file.c_str(), flags | O_CLOEXEC, 0644));
  return error_of(fd.get());
}

#ifdef __SANITIZE_THREAD__
constexpr std::size_t threads_before = 1;  // the sanitizer's own, which some kernels cannot confine
#else
constexpr std::size_t threads_before = 0;
#endif

class SandboxTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!sandbox_state().whole()) GTEST_SKIP() << "this kernel cannot confine jobs";
    fs::create_directory(workspace);
    core::write_file(input, "input");
    core::write_file(secret, "secret");
  }

  /// Runs `work` confined, and expects that all it expects holds.
  void confined(const std::function<void()>& work) {
    const int status = status_of([&] {
      const std::vector<std::string> lacks = enter_sandbox(rules());
      EXPECT_LE(lacks.size(), threads_before) << lacks.front();
      work();
    });
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
  }

  SandboxRules rules() const {
    return {.workspace = workspace, .readable = {input}, .largest_file = 1 << 20, .cpu_seconds = 60};
  }

  testing::TemporaryFolder folder;
  const fs::path workspace = folder / "workspace";
  const fs::path input = folder / "input";
  const fs::path secret = folder / "secret";
};

TEST_F(SandboxTest, TheWorkspaceCanBeWorkedIn) {
  confined([&] {
    core::write_file(workspace / "artifact", "content");
    EXPECT_EQ(core::read_file(workspace / "artifact", 100), "content");
    fs::create_directory(workspace / "sub");
    fs::rename(workspace / "artifact", workspace / "sub" / "artifact");
    fs::remove_all(workspace / "sub");
    EXPECT_TRUE(fs::is_empty(workspace));
  });
}

TEST_F(SandboxTest, AnInputCanBeReadAndNoMore) {
  confined([&] {
    EXPECT_EQ(core::read_file(input, 100), "input");
    EXPECT_EQ(error_of_open(input, O_WRONLY), EACCES);
    EXPECT_EQ(error_of(::unlink(input.c_str())), EACCES);
    EXPECT_EQ(error_of(::truncate(input.c_str(), 0)), EPERM);
    EXPECT_EQ(error_of(::chmod(input.c_str(), 0777)), EPERM);
  });
  EXPECT_EQ(core::read_file(input, 100), "input");
}

TEST_F(SandboxTest, WhatLiesElsewhereCannotBeOpened) {
  confined([&] {
    EXPECT_EQ(error_of_open(secret), EACCES);
    EXPECT_EQ(error_of_open(folder / "new", O_WRONLY | O_CREAT), EACCES);
    EXPECT_EQ(error_of_open(folder / ".", O_RDONLY | O_DIRECTORY), EACCES);
    EXPECT_EQ(error_of_open("/etc/passwd"), EACCES);
    EXPECT_EQ(error_of_open("/proc/1/environ"), EACCES);
    EXPECT_EQ(error_of(::mkdir((folder / "made").c_str(), 0755)), EACCES);
    EXPECT_NE(error_of(::rename(secret.c_str(), (workspace / "stolen").c_str())), 0);
    EXPECT_NE(error_of(::link(secret.c_str(), (workspace / "stolen").c_str())), 0);
    EXPECT_EQ(error_of(::symlink(secret.c_str(), (workspace / "link").c_str())), EACCES);
    EXPECT_NE(error_of(::mkfifo((workspace / "pipe").c_str(), 0644)), 0);
  });
}

TEST_F(SandboxTest, WhatLibrariesNeedIsThere) {
  confined([] {
    for (const char* file : {"/etc/ld.so.cache", "/proc/cpuinfo", "/proc/meminfo", "/proc/self/status",
                             "/proc/self/maps", "/dev/urandom"})
      EXPECT_EQ(error_of_open(file), 0) << file;
    EXPECT_EQ(error_of_open("/dev/null", O_RDWR), 0);
    EXPECT_FALSE(fs::is_empty("/usr/share/fonts"));
    EXPECT_FALSE(fs::is_empty("/sys/devices/system/cpu"));
  });
}

TEST_F(SandboxTest, ThereIsNoNetwork) {
  const int before = ::socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_GE(before, 0);
  confined([&] {
    EXPECT_EQ(error_of(::socket(AF_INET, SOCK_STREAM, 0)), EPERM);
    EXPECT_EQ(error_of(::socket(AF_INET6, SOCK_DGRAM, 0)), EPERM);
    EXPECT_EQ(error_of(::socket(AF_UNIX, SOCK_STREAM, 0)), EPERM);
    int pair[2];
    EXPECT_EQ(error_of(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair)), EPERM);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    EXPECT_EQ(error_of(::connect(before, reinterpret_cast<sockaddr*>(&address), sizeof address)), EPERM);
  });
  ::close(before);
}

TEST_F(SandboxTest, ThereAreThreadsButNoProcesses) {
  confined([&] {
    EXPECT_EQ(error_of(::fork()), EPERM);
    EXPECT_EQ(error_of(::execl("/usr/bin/true", "true", nullptr)), EPERM);
    pid_t child = 0;
    char name[] = "true";
    char* arguments[] = {name, nullptr};
    EXPECT_EQ(::posix_spawn(&child, "/usr/bin/true", nullptr, nullptr, arguments, environ), EPERM);
    int error = 0;
    std::thread([&] { error = error_of_open(secret); }).join();
    EXPECT_EQ(error, EACCES);
  });
}

TEST_F(SandboxTest, OtherProcessesAreLeftAlone) {
  confined([] {
    EXPECT_EQ(error_of(::kill(::getppid(), SIGCONT)), EPERM);
    EXPECT_EQ(error_of(::kill(-1, SIGCONT)), EPERM);
    EXPECT_EQ(error_of(::kill(::getpid(), 0)), 0);
    EXPECT_EQ(error_of(::ptrace(PTRACE_ATTACH, ::getppid(), 0, 0)), EPERM);
    EXPECT_EQ(error_of(::syscall(SYS_pidfd_open, ::getppid(), 0)), EPERM);
    EXPECT_EQ(error_of(::setpgid(0, 0)), EPERM);
    rlimit limit{};
    EXPECT_EQ(error_of(::prlimit(::getppid(), RLIMIT_NOFILE, &limit, nullptr)), EPERM);
  });
}

TEST_F(SandboxTest, TheLargerPartsOfTheKernelAreShut) {
  confined([] {
    EXPECT_EQ(error_of(::mount("none", "/", "tmpfs", 0, nullptr)), EPERM);
    EXPECT_EQ(error_of(::unshare(CLONE_NEWUSER)), EPERM);
    for (const long number : {SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_keyctl,
                              SYS_process_vm_readv, SYS_memfd_create, SYS_shmget, SYS_finit_module})
      EXPECT_EQ(error_of(::syscall(number, 0, 0, 0, 0, 0, 0)), EPERM) << number;
  });
}

TEST_F(SandboxTest, OnlyTheFirstFourDescriptorsStayOpen) {
  const int kept = ::fcntl(0, F_DUPFD, 20);
  ASSERT_GE(kept, 20);
  confined([kept] {
    EXPECT_EQ(error_of(::fcntl(kept, F_GETFD)), EBADF);
    EXPECT_EQ(error_of(::fcntl(2, F_GETFD)), 0);
  });
  ::close(kept);
}

TEST_F(SandboxTest, LimitsHoldAndCannotBeRaised) {
  confined([] {
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_CORE, &limit), 0);
    EXPECT_EQ(limit.rlim_max, 0U);
    ASSERT_EQ(::getrlimit(RLIMIT_CPU, &limit), 0);
    EXPECT_EQ(limit.rlim_cur, 60U);
    limit.rlim_cur = 30;
    EXPECT_EQ(error_of(::setrlimit(RLIMIT_CPU, &limit)), 0);
  });
  const int status = status_of([&] {
    enter_sandbox(rules());
    std::ofstream(workspace / "large") << std::string(2 << 20, 'x');
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) << status;
}

TEST_F(SandboxTest, AnAbortIsStillAnAbort) {
  const int status = status_of([&] {
    enter_sandbox(rules());
    std::abort();
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) << status;
}

TEST_F(SandboxTest, AWorkspaceThatIsMissingIsSaid) {
  fs::remove(workspace);
  const int status = status_of([&] { EXPECT_THROW(enter_sandbox(rules()), core::Error); });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

}  // namespace
}  // namespace reelwright::jobs

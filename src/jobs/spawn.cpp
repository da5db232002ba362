#include "jobs/spawn.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "core/error.h"
#include "jobs/run_order.h"

namespace reelwright::jobs {

namespace {

namespace fs = std::filesystem;

/// Names of the environment that a child may see: no keys.
constexpr const char* passed_on[] = {"PATH",
                                     "LANG",
                                     "LC_ALL",
                                     "LC_CTYPE",
                                     "TZ",
                                     "ASAN_OPTIONS",
                                     "UBSAN_OPTIONS",
                                     "TSAN_OPTIONS",
                                     "LSAN_OPTIONS",
                                     "FONTCONFIG_FILE",
                                     "FONTCONFIG_PATH",
                                     "LD_LIBRARY_PATH"};

[[noreturn]] void throw_unavailable(int error) {
  throw core::Error(core::ErrorCode::unavailable, "The system could not start a process for the job.",
                    std::strerror(error));
}

void check(int error) {
  if (error != 0) throw_unavailable(error);
}

/// Out of the way of the numbers that a child's descriptors get.
std::unique_ptr<core::Descriptor> moved_up(int fd) {
  constexpr int above = 10;
  const core::Descriptor low(fd);
  auto high = std::make_unique<core::Descriptor>(::fcntl(low.get(), F_DUPFD_CLOEXEC, above));
  if (high->get() < 0) throw_unavailable(errno);
  return high;
}

using Pair = std::array<std::unique_ptr<core::Descriptor>, 2>;

Pair pair_of(int result, const std::array<int, 2>& ends) {
  if (result != 0) throw_unavailable(errno);
  auto first = moved_up(ends[0]);
  return {std::move(first), moved_up(ends[1])};
}

void do_not_block(int fd) { ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK); }

std::vector<std::string> environment(const fs::path& home) {
  // OpenBLAS would start its threads before the sandbox is entered.
  std::vector<std::string> names{"HOME=" + home.string(), "TMPDIR=" + home.string(),
                                 "XDG_CACHE_HOME=" + home.string(), "OPENBLAS_NUM_THREADS=1"};
  for (const char* name : passed_on)
    if (const char* value = std::getenv(name)) names.push_back(std::string(name) + "=" + value);
  return names;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

class Actions {
 public:
  Actions(int socket, int output) {
    check(posix_spawn_file_actions_init(&files_));
    check(posix_spawn_file_actions_addopen(&files_, 0, "/dev/null", O_RDONLY, 0));
    check(posix_spawn_file_actions_adddup2(&files_, output, 1));
    check(posix_spawn_file_actions_adddup2(&files_, output, 2));
    check(posix_spawn_file_actions_adddup2(&files_, socket, worker_socket));
    check(posix_spawn_file_actions_addclosefrom_np(&files_, worker_socket + 1));
    check(posix_spawnattr_init(&attributes_));
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    check(posix_spawnattr_setsigdefault(&attributes_, &all));
    check(posix_spawnattr_setsigmask(&attributes_, &none));
    check(posix_spawnattr_setpgroup(&attributes_, 0));
    check(posix_spawnattr_setflags(&attributes_,
                                   POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP));
  }
  ~Actions() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;

  pid_t spawn(const fs::path& file, char** arguments, char** names) const {
    pid_t id = -1;
    check(::posix_spawn(&id, file.c_str(), &files_, &attributes_, arguments, names));
    return id;
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Process::Process(const Program& program, const fs::path& home) {
  std::array<int, 2> ends{-1, -1};
  Pair sockets = pair_of(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), ends);
  Pair pipes = pair_of(::pipe2(ends.data(), O_CLOEXEC), ends);
  std::vector<std::string> arguments = program.arguments;
  std::vector<std::string> names = environment(home);
  id_ = Actions(sockets[1]->get(), pipes[1]->get())
            .spawn(program.file, pointers(arguments).data(), pointers(names).data());
  process_ = std::make_unique<core::Descriptor>(static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)));
  socket_ = std::move(sockets[0]);
  output_ = std::move(pipes[0]);
  do_not_block(socket_->get());
  do_not_block(output_->get());
  if (process_->get() < 0) {
    const int error = errno;
    double ignored = 0;
    kill_group();
    reap(ignored, ignored);
    throw_unavailable(error);
  }
}

Process::~Process() {
  if (reaped_) return;
  double ignored = 0;
  kill_group();
  reap(ignored, ignored);
}

void Process::kill_group() const {
  if (!reaped_) ::kill(-id_, SIGKILL);
}

int Process::reap(double& cpu_seconds, double& peak_mib) {
  int status = 0;
  rusage usage{};
  while (::wait4(id_, &status, 0, &usage) < 0 && errno == EINTR) continue;
  reaped_ = true;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  return status;
}

}  // namespace reelwright::jobs

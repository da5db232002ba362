#include "jobs/child_end.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>

namespace reelwright::jobs {

namespace {

Failed failure(core::ErrorCode code, std::string message, bool retryable, std::string details = {}) {
  return {.code = std::string(core::name(code)),
          .message = std::move(message),
          .stage = {},
          .retryable = retryable,
          .details = std::move(details)};
}

Failed by_signal(int number, const ChildLimits& limits) {
  const std::string details = fmt::format("signal {} ({})", number, ::strsignal(number));
  const auto crash = [&](const char* message) {
    return failure(core::ErrorCode::internal, message, true, details);
  };
  switch (number) {
    case SIGXFSZ:
      return limit_broken(Broken::disk, limits);
    case SIGXCPU:
      return limit_broken(Broken::time, limits);
    case SIGKILL:
      return crash("The job was killed by the system, most likely because memory ran out.");
    case SIGABRT:
      return crash("The job gave up over something that must not happen (abort).");
    case SIGSEGV:
    case SIGBUS:
      return crash("The job crashed: it reached for memory that is not its own (segmentation fault).");
    case SIGILL:
    case SIGFPE:
    case SIGSYS:
      return crash("The job crashed: it did what the processor or the system refuses.");
    default:
      return crash("The job was ended by a signal from outside.");
  }
}

}  // namespace

Failed limit_broken(Broken limit, const ChildLimits& limits) {
  using core::ErrorCode;
  switch (limit) {
    case Broken::time:
      return failure(ErrorCode::timeout,
                     fmt::format("The job took longer than {} minutes (JOB_MINUTES).",
                                 std::chrono::ceil<std::chrono::minutes>(limits.time).count()),
                     false);
    case Broken::memory:
      return failure(
          ErrorCode::too_large,
          fmt::format("The job needs more than {} MiB of memory (JOB_MEMORY_MB).", limits.memory_mib), false);
    case Broken::disk:
      return failure(ErrorCode::too_large,
                     fmt::format("The job needs more than {} MiB of disk (JOB_DISK_MB).", limits.disk_mib),
                     false);
    default:
      return failure(ErrorCode::internal, "The job's process spoke nonsense and was ended.", true);
  }
}

Failed ended_silently(int status, const ChildLimits& limits) {
  if (WIFSIGNALED(status)) return by_signal(WTERMSIG(status), limits);
  return failure(core::ErrorCode::internal, "The job's process ended without a word.", true,
                 fmt::format("exit code {}", WEXITSTATUS(status)));
}

}  // namespace reelwright::jobs

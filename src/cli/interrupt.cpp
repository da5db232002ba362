#include "cli/interrupt.h"

#include <semaphore.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <thread>

#include "core/error.h"

namespace reelwright::cli {

namespace {

// Shared with the handler, which may use nothing but lock-free atomics and async-signal-safe functions.
std::atomic<int> signals{0};
static_assert(std::atomic<int>::is_always_lock_free);
sem_t asked;

void on_signal(int) {
  const int before = errno;
  if (signals.fetch_add(1) > 0) ::_exit(core::exit_code(core::ErrorCode::cancelled));
  sem_post(&asked);
  errno = before;
}

void handle(int signal) {
  struct sigaction action{};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

std::stop_token stop_on_interrupt() {
  static std::stop_source source;
  static const bool started = [] {
    sem_init(&asked, 0, 0);
    // A handler may not request a stop, which runs callbacks; this thread only waits and lives as long as the
    // program.
    std::thread([stop = source]() mutable {
      while (sem_wait(&asked) != 0) continue;  // interrupted by the signal itself
      stop.request_stop();
    }).detach();
    handle(SIGINT);
    handle(SIGTERM);
    return true;
  }();
  (void)started;
  return source.get_token();
}

}  // namespace reelwright::cli

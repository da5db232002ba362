#include "cli/interrupt.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "core/error.h"

namespace reelwright::cli {

std::stop_token stop_on_interrupt() {
  static std::stop_source source;
  static const bool started = [] {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // Lives as long as the program: it only waits.
    std::thread([signals, stop = source]() mutable {
      int signal = 0;
      sigwait(&signals, &signal);
      stop.request_stop();
      sigwait(&signals, &signal);
      ::_exit(core::exit_code(core::ErrorCode::cancelled));
    }).detach();
    return true;
  }();
  (void)started;
  return source.get_token();
}

}  // namespace reelwright::cli

#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace reelwright::server {

/// One thread for small writes that no answer waits for. What it cannot do is told to the log. Thread-safe.
class Background {
 public:
  Background();
  /// Does what was asked for before, then ends.
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  /// Forgotten where too much waits already: what is done here can be done without.
  void run(std::function<void()> work);

 private:
  void loop(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any more_;
  std::deque<std::function<void()>> waiting_;
  std::jthread thread_;
};

}  // namespace reelwright::server

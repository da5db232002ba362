#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "jobs/leases.h"
#include "jobs/workshop.h"

namespace reelwright::jobs {

/// Takes jobs and does them, so many at a time, each in a process of its own. Any number of workers, here and
/// on other machines, may share one database and storage. `start` and `stop` are called by one thread.
class Worker {
 public:
  /// Does nothing before `start`.
  Worker(Workshop workshop, WorkerOptions options);

  /// Stops without a grace.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void start();

  /// Takes no more jobs, waits for those that run as long as the grace, then ends them and hands them back:
  /// they go on where they were, here or elsewhere. `at_once` cuts the grace short.
  void stop(const std::stop_token& at_once = {});

  /// Jobs that run.
  int running() const { return running_; }

 private:
  void serve(const std::stop_token& stop);
  bool take_one();
  bool wait_for_slots(std::chrono::milliseconds longest, const std::stop_token& at_once);

  const Workshop workshop_;
  const WorkerOptions options_;
  const std::string owner_;
  Leases leases_;
  std::atomic<int> running_ = 0;
  std::mutex mutex_;
  std::condition_variable_any slot_free_;
  std::size_t open_slots_ = 0;
  std::stop_source leave_;  ///< ends what runs
  std::vector<std::jthread> slots_;
};

}  // namespace reelwright::jobs

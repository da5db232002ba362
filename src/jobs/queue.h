#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "core/time.h"
#include "database/job.h"

namespace reelwright::jobs {

/// Says which job is to be looked at next. It holds no truth: that is the job's row, and whoever takes a job
/// claims the row, so a queue may say something twice or late. Every driver passes `test_queue.h`.
/// Thread-safe. Throws what the database, or the driver's own server, throws: `unavailable`.
class Queue {
 public:
  virtual ~Queue() = default;

  /// A job waits; its row says so already.
  virtual void announce(const std::string& processing_id) = 0;

  /// Claims for `owner`, until `until`, the job that is to run next: due, the greatest priority first, then
  /// the one that waits longest; jobs whose worker died are among them, and a job that took all its workers
  /// with it is ended. Nothing where none is due.
  virtual std::optional<database::Claim> take(const std::string& owner, core::Moment now,
                                              core::Moment until) = 0;

  /// Waits until there may be a job to take, at most `longest`. Returns at once when `stop` is asked for.
  virtual void wait(std::chrono::milliseconds longest, const std::stop_token& stop) = 0;

  /// Throws where it cannot be reached.
  virtual void check() = 0;
};

}  // namespace reelwright::jobs

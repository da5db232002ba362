#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <variant>

#include "jobs/child_end.h"

namespace reelwright::jobs {

/// From the thread that watches a child, which must never wait, to the one that writes down what the child
/// says, which may have to. Of progress only the last is kept. Thread-safe.
class Inbox {
 public:
  using Event = std::variant<FromChild, ChildEnd>;

  /// Throws `too_large` where a child says more than anybody could write down.
  void put(FromChild report);

  /// The last event.
  void end(ChildEnd how);

  /// The next event; nothing where none came in time, or after `wake`.
  std::optional<Event> take(std::chrono::milliseconds longest);

  /// Lets who waits look at something else.
  void wake();

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Event> events_;
  bool woken_ = false;
};

}  // namespace reelwright::jobs

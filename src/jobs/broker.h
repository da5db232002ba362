#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "core/files.h"
#include "jobs/message.h"

namespace reelwright::jobs {

class ChildListener;

/// Has the calls made that a child asks for, one after the other, on a thread of its own: whoever watches the
/// child never waits for a vendor. All but the thread is used by one thread.
class Broker {
 public:
  /// `listener` outlives it, and makes the calls.
  explicit Broker(ChildListener& listener);

  /// Ends the call that is being made, within a second.
  ~Broker();
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  /// Throws `invalid_input` where more calls wait than a sound child asks for.
  void take(CallAsked call);

  /// Readable once there is an answer.
  int bell() const { return bell_.get(); }

  /// Frames for the child, of all answers that are there.
  std::string answers();

 private:
  void serve(const std::stop_token& stop);
  std::string frame_of(const CallAsked& call, const std::stop_token& stop) const;

  ChildListener& listener_;
  core::Descriptor bell_;
  std::mutex mutex_;
  std::condition_variable_any more_;
  std::deque<CallAsked> waiting_;
  std::string answers_;
  std::jthread thread_;  ///< from the first call on
};

}  // namespace reelwright::jobs

#pragma once

#include <poll.h>

#include <optional>
#include <string>

#include "jobs/broker.h"
#include "jobs/child.h"
#include "jobs/frame.h"
#include "jobs/lines.h"
#include "jobs/spawn.h"

namespace reelwright::jobs {

/// Both directions of what a worker and its child tell each other, and what the child prints. Never waits.
class ChildTalk {
 public:
  /// All outlive it. `first` is said as soon as the child listens.
  ChildTalk(const Process& process, ChildListener& listener, Broker& broker, const ToChild& first);

  /// What to wait for.
  pollfd socket_events() const;
  pollfd output_events() const;

  /// What came of it.
  void handle(short socket, short output);

  void say(const ToChild& message) { to_send_ += to_frame(message); }
  void say_frames(std::string_view frames) { to_send_ += frames; }

  /// Takes what is still there, after the child's end.
  void take_rest();

  /// Whether nothing more is to be expected: it said its last word, hung up or spoke nonsense.
  bool over() const { return deaf_ || done_ || failed_; }
  bool nonsense() const { return nonsense_; }
  bool done() const { return done_; }
  const std::optional<Failed>& failed() const { return failed_; }
  const std::string& stage() const { return stage_; }  ///< that it named last

 private:
  void send();
  bool receive();
  bool print();
  void take(FromChild report);

  const int socket_;
  const int output_;
  ChildListener& listener_;
  Broker& broker_;
  std::string to_send_;
  FrameReader reader_;
  Lines lines_;
  bool deaf_ = false;  ///< nothing more comes over the socket
  bool mute_ = false;  ///< it prints nothing more
  bool nonsense_ = false;
  bool done_ = false;
  std::optional<Failed> failed_;
  std::string stage_;
};

}  // namespace reelwright::jobs

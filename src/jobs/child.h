#pragma once

#include <stop_token>
#include <string_view>

#include "jobs/child_end.h"
#include "jobs/message.h"
#include "jobs/spawn.h"

namespace reelwright::jobs {

/// Told what a child does, by the thread in `run_child`. To be quick: while it is told, no limits are
/// watched.
class ChildListener {
 public:
  virtual ~ChildListener() = default;
  /// All but `Failed` and `Done`. What throws ends the child as one that spoke nonsense.
  virtual void on_report(FromChild report) = 0;
  virtual void on_line(std::string_view line) = 0;  ///< that it printed; any bytes

  /// A paid service that the child wants to be called: on a thread of its own, which may wait. The child is
  /// not trusted with what it asks for. What is thrown is told to the child. Here: there is no such service.
  virtual net::ApiAnswer on_call(const net::ApiRequest& request, const std::stop_token& stop);
};

/// Runs a job in a process of its own and waits for its end, however that comes: its time, memory and disk
/// are watched, and a `stop` is passed on and, after a grace, made true. `launch.workspace` must stand.
/// Throws `unavailable` where the process cannot be started.
ChildEnd run_child(const Program& program, const Launch& launch, const ChildLimits& limits,
                   ChildListener& listener, const std::stop_token& stop);

}  // namespace reelwright::jobs

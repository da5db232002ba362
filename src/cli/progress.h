#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include "core/context.h"

namespace reelwright::cli {

/// Tells on standard error what is being done, how far it is and how long it will take: one line that is
/// written over on a terminal, a line now and then elsewhere. Silent for the first two seconds. Not
/// thread-safe.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  /// `now` tells the time.
  explicit Progress(std::function<Clock::time_point()> now = Clock::now) : now_(std::move(now)) {}
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `fraction` of the whole, 0 to 1.
  void show(const std::string& doing, double fraction);

  /// Clears the line, for other output.
  void clear();

 private:
  std::function<Clock::time_point()> now_;
  Clock::time_point start_ = now_();
  Clock::time_point shown_{};
  double done_before_ = -1;  ///< what was told at once: it was done earlier, and says nothing of the speed
  bool on_screen_ = false;
};

/// A context that stops on Ctrl-C and shows how far `doing` is on `progress`, which must outlive it.
core::Context shown_context(Progress& progress, const std::string& doing);

}  // namespace reelwright::cli

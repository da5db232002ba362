#pragma once

#include <chrono>

namespace reelwright::core {

/// What a piece of work cost this process.
struct Usage {
  double seconds = 0;      ///< on the wall
  double cpu_seconds = 0;  ///< user and system, all threads
  double peak_mib = 0;     ///< the most resident memory while it ran
};

/// Measures from its construction on. One at a time: it resets the kernel's high-water mark of memory.
class UsageMeter {
 public:
  UsageMeter();
  Usage read() const;

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_at_start_;
};

}  // namespace reelwright::core

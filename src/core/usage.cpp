#include "core/usage.h"

#include <sys/resource.h>

#include <fstream>
#include <string>

namespace reelwright::core {

namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double high_water_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmHWM:") continue;
    double kib = 0;
    status >> kib;
    return kib / 1024;
  }
  return 0;
}

}  // namespace

UsageMeter::UsageMeter() : cpu_at_start_(cpu_seconds()) {
  std::ofstream("/proc/self/clear_refs")
      << '5';  // proc(5): resets VmHWM; where that is forbidden it stays the process's
}

Usage UsageMeter::read() const {
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start_;
  return {wall.count(), cpu_seconds() - cpu_at_start_, high_water_mib()};
}

}  // namespace reelwright::core

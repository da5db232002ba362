#include "core/memory.h"

#include <fstream>
#include <limits>
#include <string>

namespace reelwright::core {

std::uint64_t available_memory() {
  std::ifstream facts("/proc/meminfo");
  for (std::string name; facts >> name; facts.ignore(std::numeric_limits<std::streamsize>::max(), '\n')) {
    std::uint64_t kib = 0;
    if (name == "MemAvailable:" && facts >> kib) return kib << 10U;
  }
  return std::numeric_limits<std::uint64_t>::max();
}

}  // namespace reelwright::core

#include "core/usage.h"

#include <gtest/gtest.h>

#include <ctime>
#include <vector>

namespace reelwright::core {
namespace {

// Keeps one core busy until the process has used so much more of it.
void burn(double seconds) {
  const std::clock_t until = std::clock() + static_cast<std::clock_t>(seconds * CLOCKS_PER_SEC);
  volatile unsigned sum = 0;
  while (std::clock() < until)
    for (unsigned i = 0; i < 10'000; ++i) sum = sum + i;
}

TEST(UsageMeter, CountsWhatIsUsedFromItsBeginning) {
  burn(0.02);
  const UsageMeter meter;
  const Usage before = meter.read();
  EXPECT_LT(before.cpu_seconds, 0.02) << "counts what was used before it";
  burn(0.05);
  const Usage after = meter.read();
  EXPECT_GE(after.cpu_seconds - before.cpu_seconds, 0.045);
  EXPECT_GE(after.seconds - before.seconds, 0.045) << "one thread cannot use more than the wall's time";
}

TEST(UsageMeter, SeesTheMemoryThatIsTouched) {
  const UsageMeter meter;
  const double before = meter.read().peak_mib;
  EXPECT_GT(before, 1);
  constexpr std::size_t mib = 64;
  {
    std::vector<char> block(mib << 20);
    volatile char* const memory = block.data();  // else the compiler sees that nobody reads it
    for (std::size_t i = 0; i < block.size(); i += 1024) memory[i] = 'x';
    EXPECT_GE(meter.read().peak_mib, before + mib - 8);
  }
  EXPECT_GE(meter.read().peak_mib, before + mib - 8) << "a peak stays when the memory is given back";
}

}  // namespace
}  // namespace reelwright::core

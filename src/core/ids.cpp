#include "core/ids.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <mutex>

#include "core/error.h"

namespace reelwright::core {

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr std::size_t length = 36;
constexpr std::array<std::size_t, 4> dashes = {8, 13, 18, 23};
constexpr std::uint64_t low_bits = (std::uint64_t{1} << 62) - 1;
constexpr std::uint64_t variant = std::uint64_t{2} << 62;
constexpr unsigned counter_bits = 12;

std::uint64_t random_bits() {
  std::uint64_t bits = 0;
  if (getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits))
    throw Error(ErrorCode::internal, "The system gives no random numbers.");
  return bits;
}

/// Milliseconds since 1970 and a counter of twelve bits below them, greater at each call: where more are
/// asked for than the counter holds, or the clock was set back, the time runs a little ahead (RFC 9562, 6.2).
std::uint64_t next_moment() {
  static std::mutex mutex;
  static std::uint64_t last = 0;
  const auto now =
      std::chrono::duration_cast<Milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  const std::scoped_lock lock(mutex);
  last = std::max(last + 1, static_cast<std::uint64_t>(now.count()) << counter_bits);
  return last;
}

bool is_dash(std::size_t position) { return std::ranges::find(dashes, position) != dashes.end(); }

}  // namespace

std::string make_uuid() {
  const std::uint64_t moment = next_moment();
  const std::uint64_t time = moment >> counter_bits;
  const std::uint64_t counter = moment & ((1U << counter_bits) - 1);
  const std::uint64_t rest = (random_bits() & low_bits) | variant;
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", time >> 16, time & 0xFFFF, counter, rest >> 48,
                     rest & 0xFFFF'FFFF'FFFF);
}

bool is_uuid(std::string_view text) {
  if (text.size() != length) return false;
  for (std::size_t i = 0; i < length; ++i) {
    const char c = text[i];
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (is_dash(i) ? c != '-' : !digit) return false;
  }
  return true;
}

std::optional<Moment> uuid_moment(std::string_view text) {
  if (!is_uuid(text) || text[14] != '7') return {};
  const std::string digits = std::string(text.substr(0, 8)).append(text.substr(9, 4));
  std::int64_t milliseconds = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), milliseconds, 16);
  return Moment(Milliseconds(milliseconds));
}

}  // namespace reelwright::core

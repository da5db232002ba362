#pragma once

#include <chrono>
#include <cmath>
#include <string>

namespace reelwright::core {

/// A point on, or a stretch of, the presentation timeline of the source; zero is the first thing a player
/// shows. The only time type in the code: JSON and SQL carry seconds, rational time bases live inside
/// `media/`.
using Time = std::chrono::microseconds;

constexpr double to_seconds(Time time) { return static_cast<double>(time.count()) * 1e-6; }

inline Time from_seconds(double seconds) { return Time{std::llround(seconds * 1e6)}; }

/// A moment on the wall clock, to the microsecond.
using Moment = std::chrono::sys_time<std::chrono::microseconds>;

inline Moment now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

/// As JSON carries moments: RFC 3339 in UTC to the millisecond, `2027-01-15T08:00:00.250Z`. Takes a tenth of
/// a microsecond, which formatting libraries do not.
std::string rfc3339(Moment moment);

/// Half-open: `start` belongs to it, `end` does not.
struct Span {
  Time start{};
  Time end{};

  constexpr Time duration() const { return end - start; }
  constexpr bool contains(Time time) const { return start <= time && time < end; }
  constexpr bool overlaps(const Span& other) const { return start < other.end && other.start < end; }
  constexpr bool operator==(const Span&) const = default;
};

}  // namespace reelwright::core

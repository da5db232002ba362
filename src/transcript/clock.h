#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace reelwright::transcript {

/// No transcript reaches this far; what says so is broken. Keeps every sum of times far from overflow.
inline constexpr core::Time latest_time = std::chrono::hours(1000);

/// `H:MM:SS,mmm`, `MM:SS.mmm` and their like: hours may be missing or have any number of digits, the fraction
/// is parted by a comma or a full stop, has any number of digits and may be missing; a negative time is read
/// as zero. Nothing where `text` is no time or lies beyond `latest_time`.
std::optional<core::Time> parse_clock(std::string_view text);

/// `HH:MM:SS` + `point` + `mmm`, rounded to the nearest millisecond; hours grow beyond two digits. A negative
/// time is written as zero.
std::string format_clock(core::Time time, char point);

/// `from --> to settings` of SRT and WebVTT: nothing where the line holds no arrow or its times are broken.
std::optional<core::Span> parse_cue_times(std::string_view line);

}  // namespace reelwright::transcript

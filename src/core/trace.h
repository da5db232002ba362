#pragma once

#include <exception>
#include <string>

namespace reelwright::core {

/// From where `error` was thrown: its frames, the innermost first, at most 40. Empty for what was not
/// thrown, or was before the last 64 exceptions of the process. Reads the program's symbols, which takes a
/// moment: for faults of the program alone. Thread-safe.
std::string trace_of(const std::exception& error);

/// `details` and that trace, for the log.
std::string with_trace(std::string details, const std::exception& error);

}  // namespace reelwright::core

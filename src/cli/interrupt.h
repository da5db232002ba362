#pragma once

#include <stop_token>

namespace reelwright::cli {

/// A token that is stopped by Ctrl-C (SIGINT) or SIGTERM; a second one ends the program at once. Works
/// whichever thread the system gives the signal to, also where a library has started threads before `main`
/// (OpenBLAS does). Thread-safe.
std::stop_token stop_on_interrupt();

}  // namespace reelwright::cli

#pragma once

#include <stop_token>

namespace reelwright::cli {

/// A token that is stopped by Ctrl-C (SIGINT) or SIGTERM; a second one ends the program at once. To be called
/// first before any thread is started, so that all of them leave these signals to the one that waits for
/// them.
std::stop_token stop_on_interrupt();

}  // namespace reelwright::cli

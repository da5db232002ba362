#pragma once

#include "jobs/pipeline.h"

namespace reelwright::jobs {

/// The descriptor at which a child finds the socket to its worker.
inline constexpr int worker_socket = 3;

/// The whole life of a child: takes one order from `socket`, confines itself, does the work, tells what
/// becomes of it, and ends the process. What a library left running ends with it. Ends at once when the
/// worker does.
[[noreturn]] void run_order(const Pipelines& pipelines, int socket);

}  // namespace reelwright::jobs

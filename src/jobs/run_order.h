#pragma once

#include "jobs/pipeline.h"
#include "jobs/socket_reporter.h"
#include "jobs/socket_transport.h"

namespace reelwright::jobs {

/// The descriptor at which a child finds the socket to its worker.
inline constexpr int worker_socket = 3;

/// A child's end of the line to its worker: reports and calls go over one socket.
struct WorkerLine {
  const int socket = worker_socket;
  SocketReporter reporter{socket};
  SocketTransport transport{reporter};
};

/// The whole life of a child: takes one order from `line`, confines itself, does the work, tells what becomes
/// of it, and ends the process. What a library left running ends with it. Ends at once when the worker does.
[[noreturn]] void run_order(const Pipelines& pipelines, WorkerLine& line);

}  // namespace reelwright::jobs

#include "jobs/run_order.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <new>
#include <optional>
#include <thread>

#include "core/error.h"
#include "core/trace.h"
#include "jobs/frame.h"
#include "jobs/message.h"
#include "jobs/retry_policy.h"
#include "jobs/sandbox.h"

namespace reelwright::jobs {

namespace {

using core::Error;
using core::ErrorCode;

constexpr int exit_well = 0;
constexpr int exit_ill = 1;
constexpr int politeness = 5;  // the service goes before its jobs

/// Before anything can go wrong: no child outlives its worker, the system takes a job rather than the service
/// when memory runs out, and requests go before jobs.
void humble() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::ofstream("/proc/self/oom_score_adj") << "500";
  static_cast<void>(::nice(politeness));
}

void confine(const Launch& launch) {
  SandboxRules rules{.workspace = launch.workspace,
                     .readable = launch.readable,
                     .largest_file = static_cast<std::uint64_t>(launch.disk_mib) << 20,
                     .cpu_seconds = static_cast<std::uint64_t>(launch.cpu_seconds)};
  for (const auto& [role, file] : launch.order.inputs) rules.readable.push_back(file);
  for (const std::string& lack : enter_sandbox(rules)) {
    if (launch.sandbox_required)
      throw Error(ErrorCode::unavailable, "This machine cannot confine a job wholly, which SANDBOX asks for.",
                  lack);
    std::cerr << "not confined: " << lack << '\n';
  }
  std::filesystem::current_path(launch.workspace);
}

/// Waits for what the worker says: `stop`, answers to calls, or nothing more because it is gone.
void listen(WorkerLine& line, FrameReader& reader, std::stop_source& stop) {
  try {
    while (const auto frame = receive_frame(line.socket, reader)) {
      ToChild message = read_order(*frame);
      if (std::holds_alternative<Stop>(message)) stop.request_stop();
      if (auto* answer = std::get_if<CallAnswer>(&message)) line.transport.take(std::move(*answer));
    }
  } catch (const Error& error) {  // the same as its end
    std::cerr << error.what() << '\n';
  }
  ::_exit(exit_ill);
}

void work(const Pipelines& pipelines, WorkerLine& line) {
  FrameReader reader;
  const auto frame = receive_frame(line.socket, reader);
  if (!frame) ::_exit(exit_ill);
  const auto message = read_order(*frame);
  const auto* launch = std::get_if<Launch>(&message);
  if (!launch) throw Error(ErrorCode::internal, "A job was stopped before it was started.");
  const Pipeline* pipeline = find_pipeline(pipelines, launch->order.kind);
  if (!pipeline)
    throw Error(ErrorCode::internal,
                fmt::format("There are no jobs of the kind {} here.", launch->order.kind));
  confine(*launch);
  std::stop_source stop;
  std::thread([&line, held = std::move(reader), stop]() mutable { listen(line, held, stop); }).detach();
  stage::Workspace workspace(launch->workspace);
  pipeline->run(launch->order, workspace, line.reporter,
                {.stop = stop.get_token(), .progress = {}, .threads = launch->order.threads});
}

}  // namespace

void run_order(const Pipelines& pipelines, WorkerLine& line) {
  humble();
  const auto fail = [&](ErrorCode code, const std::string& message, const std::string& details) {
    try {
      line.reporter.failed(std::string(core::name(code)), message, is_retryable(code), details);
    } catch (const Error&) {
      ::_exit(exit_ill);  // nobody is there to be told
    }
    ::_exit(exit_ill);
  };
  try {
    work(pipelines, line);
    line.reporter.done();
  } catch (const Error& error) {
    const bool fault = error.code() == ErrorCode::internal;
    fail(error.code(), error.what(), fault ? core::with_trace(error.details(), error) : error.details());
  } catch (const std::bad_alloc&) {
    fail(ErrorCode::too_large, "The job needs more memory than there is.", "bad_alloc");
  } catch (const std::exception& error) {
    fail(ErrorCode::internal, "The job failed by a fault of the program.",
         core::with_trace(error.what(), error));
  }
  ::_exit(exit_well);
}

}  // namespace reelwright::jobs

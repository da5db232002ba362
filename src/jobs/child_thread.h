#pragma once

#include <stop_token>

#include "core/error.h"
#include "jobs/inbox.h"
#include "jobs/workshop.h"

namespace reelwright::jobs {

/// The stage in which a worker itself fetches the source of a job.
inline constexpr const char* fetch_stage = "fetch";

/// An error as the end of an attempt.
Failed failure_of(const core::Error& error, std::string stage);

/// Brings the inputs of a job, runs its child and tells `inbox` of all of it, last how it ended. For a thread
/// of its own, which stays until the child is gone: the kernel ends a child with the thread that started it.
void run_child_to_inbox(const Workshop& workshop, const WorkerOptions& options, const database::Job& job,
                        const database::Claim& claim, Inbox& inbox, const std::stop_token& stop) noexcept;

}  // namespace reelwright::jobs

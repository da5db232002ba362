#pragma once

/// seccomp: which system calls a process may make.
namespace reelwright::jobs {

/// Whether the kernel can filter system calls, and this process may ask it to.
bool can_filter_system_calls();

/// From here on, for all threads and for good, what a job never needs is answered with EPERM: sockets,
/// programs, processes (threads are allowed), looking into or signalling others, mounting, changing modes and
/// owners, the kernel's larger interfaces. Sets `no_new_privs`. False where the kernel refused.
bool filter_system_calls();

}  // namespace reelwright::jobs

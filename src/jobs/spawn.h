#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/files.h"

namespace reelwright::jobs {

/// What is executed as a child: this very program unless a test names another.
struct Program {
  std::filesystem::path file = "/proc/self/exe";
  std::vector<std::string> arguments = {"reelwright", "run-job"};  ///< from its own name on
};

/// A process in a group of its own, with the worker's socket at `worker_socket`, nothing to read and one pipe
/// for all that it prints. Killed and reaped by the destructor. To be destroyed by the thread that made it:
/// the kernel ends a child with the thread that started it.
class Process {
 public:
  /// `home` becomes HOME, TMPDIR and the place of caches; of the worker's environment only what is harmless
  /// is passed on. Throws `unavailable` where the system has no room for another process.
  Process(const Program& program, const std::filesystem::path& home);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t id() const { return id_; }
  int socket() const { return socket_->get(); }  ///< does not block
  int output() const { return output_->get(); }  ///< does not block
  int ended() const { return process_->get(); }  ///< readable once the process has ended

  void kill_group() const;

  /// Waits for the end; as `wait4` tells it. Once.
  int reap(double& cpu_seconds, double& peak_mib);

 private:
  pid_t id_ = -1;
  bool reaped_ = false;
  std::unique_ptr<core::Descriptor> socket_;
  std::unique_ptr<core::Descriptor> output_;
  std::unique_ptr<core::Descriptor> process_;
};

}  // namespace reelwright::jobs

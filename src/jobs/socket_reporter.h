#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "jobs/message.h"

namespace reelwright::jobs {

/// Tells the worker what happens. Progress within a stage goes out ten times a second at most. Thread-safe.
class SocketReporter final : public Reporter {
 public:
  explicit SocketReporter(int socket) : socket_(socket) {}

  void on_source(const SourceFacts& facts) override;
  void on_progress(const std::string& stage, double fraction) override;
  void on_stage(const std::string& stage, const core::Usage& usage, bool reused) override;
  void on_warning(const core::Warning& warning) override;
  void on_result(const Result& result) override;

  /// Its answer comes to whoever listens at the socket.
  void ask(const CallAsked& call);

  /// The last word.
  void done();
  void failed(const std::string& code, const std::string& message, bool retryable,
              const std::string& details);

 private:
  void send(const FromChild& message);

  const int socket_;
  std::mutex mutex_;
  std::string stage_;  ///< that was told last
  std::chrono::steady_clock::time_point told_;
};

}  // namespace reelwright::jobs

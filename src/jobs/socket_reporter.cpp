#include "jobs/socket_reporter.h"

#include "core/text.h"
#include "jobs/frame.h"

namespace reelwright::jobs {

namespace {

constexpr std::chrono::milliseconds least_pause{100};

}  // namespace

void SocketReporter::send(const FromChild& message) { send_all(socket_, to_frame(message)); }

void SocketReporter::on_source(const SourceFacts& facts) {
  const std::lock_guard lock(mutex_);
  send(SourceFacts{facts.duration, core::valid_utf8(facts.container)});
}

void SocketReporter::on_progress(const std::string& stage, double fraction) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (stage == stage_ && now - told_ < least_pause) return;
  stage_ = stage;
  told_ = now;
  send(ProgressMade{core::valid_utf8(stage), fraction});
}

void SocketReporter::on_stage(const std::string& stage, const core::Usage& usage, bool reused) {
  const std::lock_guard lock(mutex_);
  send(StageDone{core::valid_utf8(stage), usage.seconds, usage.cpu_seconds, usage.peak_mib, reused});
}

void SocketReporter::on_warning(const core::Warning& warning) {
  const std::lock_guard lock(mutex_);
  send(core::Warning{core::valid_utf8(warning.code), core::valid_utf8(warning.message)});
}

void SocketReporter::on_result(const Result& result) {
  const std::lock_guard lock(mutex_);
  send(result);
}

void SocketReporter::ask(const CallAsked& call) {
  const std::lock_guard lock(mutex_);
  send(call);
}

void SocketReporter::done() {
  const std::lock_guard lock(mutex_);
  send(Done{});
}

void SocketReporter::failed(const std::string& code, const std::string& message, bool retryable,
                            const std::string& details) {
  const std::lock_guard lock(mutex_);
  send(Failed{code, core::valid_utf8(message), stage_, retryable, core::valid_utf8(details)});
}

}  // namespace reelwright::jobs

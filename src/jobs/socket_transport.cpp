#include "jobs/socket_transport.h"

#include "core/error_name.h"

namespace reelwright::jobs {

net::ApiAnswer SocketTransport::post(const net::ApiRequest& request, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const std::int64_t id = ++last_;
  calls_[id];
  lock.unlock();
  reporter_.ask({id, request});
  lock.lock();
  came_.wait(lock, stop, [&] { return calls_[id].has_value(); });
  const std::optional<CallAnswer> call = std::move(calls_[id]);
  calls_.erase(id);
  if (!call) throw core::Error(core::ErrorCode::cancelled, "The request was stopped.");
  if (call->code.empty()) return call->answer;
  throw core::Error(core::error_code_named(call->code).value_or(core::ErrorCode::internal), call->message,
                    call->details);
}

void SocketTransport::take(CallAnswer answer) {
  const std::lock_guard lock(mutex_);
  const auto call = calls_.find(answer.id);
  if (call == calls_.end()) return;
  call->second = std::move(answer);
  came_.notify_all();
}

}  // namespace reelwright::jobs

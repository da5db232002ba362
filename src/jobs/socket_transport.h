#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>

#include "jobs/socket_reporter.h"
#include "net/transport.h"

namespace reelwright::jobs {

/// Has its worker make the calls: a child has neither network nor keys. Thread-safe.
class SocketTransport final : public net::Transport {
 public:
  /// `reporter` outlives it.
  explicit SocketTransport(SocketReporter& reporter) : reporter_(reporter) {}

  net::ApiAnswer post(const net::ApiRequest& request, const std::stop_token& stop) override;

  /// To be told of every answer that comes; one that nobody waits for any more is dropped.
  void take(CallAnswer answer);

 private:
  SocketReporter& reporter_;
  std::mutex mutex_;
  std::condition_variable_any came_;
  std::int64_t last_ = 0;
  std::map<std::int64_t, std::optional<CallAnswer>> calls_;  ///< that are waited for
};

}  // namespace reelwright::jobs

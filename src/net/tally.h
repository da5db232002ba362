#pragma once

#include <mutex>
#include <vector>

#include "net/transport.h"

namespace reelwright::net {

/// Calls through another transport, and keeps what was charged. Thread-safe.
class Tally final : public Transport {
 public:
  /// `next` outlives it.
  explicit Tally(Transport& next) : next_(next) {}

  ApiAnswer post(const ApiRequest& request, const std::stop_token& stop) override {
    ApiAnswer answer = next_.post(request, stop);
    const std::lock_guard lock(mutex_);
    if (answer.charge) charges_.push_back(*answer.charge);
    return answer;
  }

  std::vector<Charge> charges() const {
    const std::lock_guard lock(mutex_);
    return charges_;
  }

 private:
  Transport& next_;
  mutable std::mutex mutex_;
  std::vector<Charge> charges_;
};

}  // namespace reelwright::net

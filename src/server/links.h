#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/time.h"

namespace reelwright::server {

struct Request;

/// Links that open one path for a while without a key: a `<video>` tag can send none. Thread-safe.
class Links {
 public:
  /// `secret` signs; whoever has it can make links.
  Links(std::string secret, std::chrono::minutes life) : secret_(std::move(secret)), life_(life) {}

  /// `path` with `expires` and `signature` in its query.
  std::string sign(std::string_view path, core::Moment now) const;

  /// Whether the request bears a signature for its path that is good at `now`.
  bool allows(const Request& request, core::Moment now) const;

 private:
  std::string signature(std::string_view path, std::string_view expires) const;

  std::string secret_;
  std::chrono::minutes life_;
};

}  // namespace reelwright::server

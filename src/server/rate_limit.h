#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace reelwright::server {

/// How many requests one caller may make: a bucket that fills evenly (token bucket). Thread-safe.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  /// `per_minute` requests, of which as many may come at once; 0: any number.
  explicit RateLimit(int per_minute) : per_minute_(per_minute) {}

  struct Verdict {
    bool allowed = true;
    int limit = 0;  ///< 0: none
    int remaining = 0;
    int reset_seconds = 0;  ///< until the bucket is full, or where it was refused until one fits in
  };

  /// Takes one from the bucket of `caller`.
  Verdict take(const std::string& caller, Clock::time_point now);

 private:
  struct Bucket {
    double left;
    Clock::time_point at;
  };
  void forget_full(Clock::time_point now);

  int per_minute_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace reelwright::server

#include "server/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace reelwright::server {

namespace {

// Addresses are for free to whoever has many: their buckets must not fill the memory.
constexpr std::size_t most_buckets = 10'000;

}  // namespace

RateLimit::Verdict RateLimit::take(const std::string& caller, Clock::time_point now) {
  if (per_minute_ == 0) return {};
  const double a_second = per_minute_ / 60.0;
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= most_buckets) forget_full(now);
  const auto [found, is_new] = buckets_.try_emplace(caller, Bucket{static_cast<double>(per_minute_), now});
  Bucket& bucket = found->second;
  const double passed = std::chrono::duration<double>(now - bucket.at).count();
  bucket.left = std::min<double>(per_minute_, bucket.left + passed * a_second);
  bucket.at = now;
  const bool allowed = bucket.left >= 1;
  if (allowed) bucket.left -= 1;
  const double wait = allowed ? (per_minute_ - bucket.left) / a_second : (1 - bucket.left) / a_second;
  return {allowed, per_minute_, static_cast<int>(bucket.left), static_cast<int>(std::ceil(wait))};
}

void RateLimit::forget_full(Clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.at > std::chrono::minutes(1); });
  if (buckets_.size() >= most_buckets) buckets_.clear();
}

}  // namespace reelwright::server

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "database/database.h"
#include "database/job.h"

namespace reelwright::jobs {

struct LeaseTerms {
  std::chrono::milliseconds length = std::chrono::seconds(20);
  std::chrono::milliseconds renew_every = std::chrono::seconds(5);
  std::chrono::milliseconds try_again = std::chrono::seconds(1);  ///< where the database did not answer
};

/// A claim that is being renewed. Others judge a lease by the moment in its row and their wall clocks; its
/// holder judges by the monotonic clock, from before it asked for the renewal, so it never believes longer
/// than they do because a clock was set. Thread-safe.
class Lease {
 public:
  using Clock = std::chrono::steady_clock;

  /// `lost` is called at most once, from the thread that renews: to be quick, and not to let go of the lease.
  Lease(database::Claim claim, Clock::time_point good_until, std::function<void()> lost)
      : claim_(std::move(claim)), good_until_(good_until), lost_(std::move(lost)) {}

  const database::Claim& claim() const { return claim_; }

  /// Whether nobody else can have the job by now.
  bool good() const { return !gone_ && Clock::now() < good_until_.load(); }

 private:
  friend class Leases;
  void renewed(Clock::time_point until) { good_until_ = until; }
  void lose();
  void let_go();

  const database::Claim claim_;
  std::atomic<Clock::time_point> good_until_;
  std::atomic<bool> gone_ = false;
  std::mutex mutex_;  ///< of what follows, for as long as it is being called
  std::function<void()> lost_;
};

/// Renews the leases of one worker, on a thread that does nothing else.
class Leases {
 public:
  /// `database` outlives it.
  Leases(database::Database& database, LeaseTerms terms);
  ~Leases();
  Leases(const Leases&) = delete;
  Leases& operator=(const Leases&) = delete;

  const LeaseTerms& terms() const { return terms_; }

  /// Renews the claim, which was asked for at `asked`, until the last pointer to the lease is gone; after
  /// that `lost` is not called any more.
  std::shared_ptr<Lease> hold(const database::Claim& claim, Lease::Clock::time_point asked,
                              std::function<void()> lost);

 private:
  void renew_all(const std::stop_token& stop);
  std::vector<std::shared_ptr<Lease>> held();
  bool renew(Lease& lease);

  database::Database& database_;
  const LeaseTerms terms_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::list<std::weak_ptr<Lease>> leases_;
  std::jthread thread_;  // last: it ends first
};

}  // namespace reelwright::jobs

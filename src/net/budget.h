#pragma once

#include <mutex>

namespace reelwright::net {

/// What may be spent, in US dollars. Before a call the most that it can cost is set aside, so that calls
/// beside each other cannot overspend together. Thread-safe.
class Budget {
 public:
  /// `most` of 0: any amount. `spent` was spent before.
  explicit Budget(double most = 0, double spent = 0) : most_(most), spent_(spent) {}

  bool is_limited() const { return most_ > 0; }

  /// What a call can cost at most, set aside for as long as this lives.
  class Share {
   public:
    /// Throws `over_budget` where that is more than what is left.
    Share(Budget& budget, double dollars);
    ~Share();
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    /// What the call did cost.
    void spend(double dollars);

   private:
    Budget& budget_;
    const double dollars_;
  };

 private:
  const double most_;
  std::mutex mutex_;
  double spent_;
  double set_aside_ = 0;
};

}  // namespace reelwright::net

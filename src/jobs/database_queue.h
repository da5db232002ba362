#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <vector>

#include "database/database.h"
#include "jobs/changes.h"
#include "jobs/queue.h"

namespace reelwright::jobs {

/// The rows themselves are the queue, and the hub of changes wakes who waits for one.
class DatabaseQueue final : public Queue {
 public:
  /// Only jobs of these `kinds` are taken. All outlive it.
  DatabaseQueue(database::Database& database, Changes& changes, std::vector<std::string> kinds);

  void announce(const std::string& processing_id) override;
  std::optional<database::Claim> take(const std::string& owner, core::Moment now,
                                      core::Moment until) override;
  void wait(std::chrono::milliseconds longest, const std::stop_token& stop) override;
  void check() override;

 private:
  database::Database& database_;
  Changes& changes_;
  const std::vector<std::string> kinds_;
  std::mutex mutex_;
  std::condition_variable_any moved_;
  std::uint64_t moves_ = 0;
  std::uint64_t looked_ = 0;            ///< how many moves there were before the last look
  Changes::Subscription subscription_;  // last: it ends first
};

}  // namespace reelwright::jobs

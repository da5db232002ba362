#include "jobs/database_queue.h"

#include <utility>

#include "database/jobs.h"

namespace reelwright::jobs {

DatabaseQueue::DatabaseQueue(database::Database& database, Changes& changes, std::vector<std::string> kinds)
    : database_(database), changes_(changes), kinds_(std::move(kinds)) {
  subscription_ = changes_.subscribe([this](const database::Change&) {
    const std::lock_guard lock(mutex_);
    ++moves_;
    moved_.notify_all();
  });
}

void DatabaseQueue::announce(const std::string&) { changes_.notify(); }

std::optional<database::Claim> DatabaseQueue::take(const std::string& owner, core::Moment now,
                                                   core::Moment until) {
  {
    const std::lock_guard lock(mutex_);
    looked_ = moves_;
  }
  return database::JobTable(database_).claim_next(kinds_, owner, now, until);
}

/// What moved since the last look, though before this call, counts too.
void DatabaseQueue::wait(std::chrono::milliseconds longest, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  moved_.wait_for(lock, stop, longest, [this] { return moves_ != looked_; });
}

void DatabaseQueue::check() { database_.check(); }

}  // namespace reelwright::jobs

#include "jobs/leases.h"

#include "core/error.h"
#include "core/log.h"
#include "database/jobs.h"

namespace reelwright::jobs {

void Lease::lose() {
  if (gone_.exchange(true)) return;
  const std::lock_guard lock(mutex_);
  if (lost_) lost_();
}

/// Waits for a call that is under way.
void Lease::let_go() {
  const std::lock_guard lock(mutex_);
  lost_ = nullptr;
}

Leases::Leases(database::Database& database, LeaseTerms terms)
    : database_(database), terms_(terms), thread_([this](const std::stop_token& stop) { renew_all(stop); }) {}

Leases::~Leases() = default;

std::shared_ptr<Lease> Leases::hold(const database::Claim& claim, Lease::Clock::time_point asked,
                                    std::function<void()> lost) {
  auto lease = std::make_shared<Lease>(claim, asked + terms_.length, std::move(lost));
  const std::lock_guard lock(mutex_);
  leases_.push_back(lease);
  return {lease.get(), [lease](Lease* held) { held->let_go(); }};  // the renewing thread may hold it longer
}

std::vector<std::shared_ptr<Lease>> Leases::held() {
  const std::lock_guard lock(mutex_);
  std::erase_if(leases_, [](const std::weak_ptr<Lease>& lease) { return lease.expired(); });
  std::vector<std::shared_ptr<Lease>> all;
  for (const auto& one : leases_)
    if (auto lease = one.lock(); lease && !lease->gone_) all.push_back(std::move(lease));
  return all;
}

/// False where the database did not answer.
bool Leases::renew(Lease& lease) {
  const auto asked = Lease::Clock::now();
  try {
    if (database::JobTable(database_).renew(lease.claim(), core::now() + terms_.length))
      lease.renewed(asked + terms_.length);
    else
      lease.lose();
    return true;
  } catch (const core::Error& error) {
    core::log::warning("lease.not_renewed", {{"processing_id", lease.claim().processing_id},
                                             {"error", error.what()},
                                             {"details", error.details()}});
    if (!lease.good()) lease.lose();
    return false;
  }
}

void Leases::renew_all(const std::stop_token& stop) {
  std::chrono::milliseconds pause = terms_.renew_every;
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, pause, [] { return false; });
    }
    pause = terms_.renew_every;
    for (const auto& lease : held())
      if (!renew(*lease)) pause = terms_.try_again;
  }
}

}  // namespace reelwright::jobs

#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "core/error.h"
#include "database/jobs.h"
#include "jobs/inbox.h"
#include "jobs/progress_report.h"
#include "jobs/publisher.h"
#include "jobs/workshop.h"

namespace reelwright::jobs {

/// One attempt at one job, from the claim to its end in the row. The job's process is watched by a thread of
/// its own; this one writes down what it says, waiting for the database where that is busy or gone.
class Attempt {
 public:
  /// All outlive it. `asked` is when the claim was asked for.
  Attempt(const Workshop& workshop, const WorkerOptions& options, Leases& leases, database::Claim claim,
          Lease::Clock::time_point asked);

  /// Once. A stop of `leave` ends the child and hands the job back. Throws nothing: where the database stays
  /// away the lease runs out, and the job is taken over.
  void run(const std::stop_token& leave) noexcept;

 private:
  /// Why the child is being stopped.
  enum class Reason { none, cancelled, lost, leaving, broken };

  void work(const database::Job& job, const Pipeline& pipeline, const std::stop_token& leave);
  ChildEnd follow(const std::stop_token& leave);
  void write_down(FromChild report);
  void look(const std::stop_token& leave);
  void stop_for(Reason reason);
  void break_off(const core::Error& error);
  void note_stage(const StageDone& stage);
  void tell_progress();
  void check_source(const SourceFacts& facts);
  void publish(const Result& result);
  void conclude(const ChildEnd& end);
  void fail(const Failed& why, const ChildEnd& end);
  void clear_away_if_gone(const Pipeline& pipeline);
  bool insist(const std::function<bool()>& write);

  const Workshop& workshop_;
  const WorkerOptions& options_;
  Leases& leases_;
  const database::Claim claim_;
  const Lease::Clock::time_point asked_;
  database::JobTable jobs_;

  Inbox inbox_;
  std::stop_source stop_;  ///< of the child
  std::atomic<bool> changed_ = true;
  std::shared_ptr<Lease> lease_;
  std::unique_ptr<Publisher> publisher_;
  Reason reason_ = Reason::none;
  Failed broken_{};  ///< for Reason::broken
  database::Job job_;
  ProgressReport progress_;
};

}  // namespace reelwright::jobs

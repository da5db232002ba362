#pragma once

#include <vector>

#include "core/error.h"
#include "database/job.h"
#include "jobs/forecast.h"
#include "jobs/message.h"

namespace reelwright::jobs {

/// What users see of a running job, gathered from what its child tells much more often than anybody wants to
/// know.
class ProgressReport {
 public:
  using Clock = Forecast::Clock;

  /// `percentage` is what an attempt before this one came to: it is never less, for what is there already is
  /// soon reached again.
  explicit ProgressReport(int percentage = 0) { progress_.percentage = percentage; }

  void note(const ProgressMade& progress, Clock::time_point now);

  /// Of each code only the first.
  void note(const core::Warning& warning);

  /// Whether there is something that was not told, and it is time to.
  bool due(Clock::time_point now) const;
  bool untold() const { return untold_; }

  /// What is to be told now.
  const database::Progress& tell(Clock::time_point now);

  /// It could not be told; to be tried again.
  void failed() { untold_ = true; }

  const std::string& stage() const { return progress_.stage; }

 private:
  database::Progress progress_{};
  double fetched_ = 0;  ///< the share of the whole that fetching the source was
  std::vector<core::Warning> warnings_;
  Forecast forecast_;
  bool untold_ = false;
  Clock::time_point told_{};
};

}  // namespace reelwright::jobs

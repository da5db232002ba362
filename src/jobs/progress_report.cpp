#include "jobs/progress_report.h"

#include <algorithm>

#include "core/json.h"
#include "jobs/child_thread.h"

namespace reelwright::jobs {

namespace {

constexpr std::chrono::milliseconds tell_every{500};
constexpr double share_of_fetching = 0.1;
constexpr std::size_t most_warnings = 50;
constexpr int almost_done = 99;  // the last percent is the end itself

}  // namespace

void ProgressReport::note(const ProgressMade& progress, Clock::time_point now) {
  const bool fetching = progress.stage == fetch_stage;
  if (fetching) fetched_ = share_of_fetching;
  const double whole =
      fetching ? progress.fraction * fetched_ : fetched_ + (1 - fetched_) * progress.fraction;
  forecast_.note(whole, now);
  progress_.stage = progress.stage;
  progress_.percentage = std::max(progress_.percentage, std::min(almost_done, static_cast<int>(whole * 100)));
  untold_ = true;
}

void ProgressReport::note(const core::Warning& warning) {
  const bool known = std::ranges::contains(warnings_, warning.code, &core::Warning::code);
  if (known || warnings_.size() >= most_warnings) return;
  warnings_.push_back(warning);
  progress_.warnings = core::to_json(warnings_, "warnings");
  untold_ = true;
}

bool ProgressReport::due(Clock::time_point now) const { return untold_ && now - told_ >= tell_every; }

const database::Progress& ProgressReport::tell(Clock::time_point now) {
  told_ = now;
  untold_ = false;
  progress_.seconds_left = forecast_.seconds_left(now);
  return progress_;
}

}  // namespace reelwright::jobs

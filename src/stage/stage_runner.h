#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/context.h"
#include "core/usage.h"
#include "stage/observer.h"

namespace reelwright::stage {

/// What one stage cost, for the index of a job's results.
struct StageRun {
  std::string name;
  double seconds, cpu_seconds, peak_mib;
  bool reused;
};

/// Runs the stages of a job one after the other: tells the observer how far the whole is, and keeps what each
/// cost.
class StageRunner {
 public:
  /// `expected` is the guessed cost of all stages, in any unit.
  StageRunner(Observer& observer, const core::Context& context, double expected)
      : observer_(observer), context_(context), expected_(expected) {}

  /// Runs `work(context)`, which returns a value and whether it was reused; `cost` is this stage's share of
  /// `expected`.
  template <typename Work>
  auto run(const std::string& name, double cost, Work work) {
    context_.check();
    const core::UsageMeter meter;
    const double from = share(done_);
    const double to = share(done_ + cost);
    observer_.on_progress(name, from);
    core::Context part = context_;
    part.progress = [this, name, from, to](double f) { observer_.on_progress(name, from + f * (to - from)); };
    auto [value, reused] = work(part);
    done_ += cost;
    const core::Usage usage = meter.read();
    observer_.on_stage(name, usage, reused);
    observer_.on_progress(name, to);
    stages_.push_back({name, usage.seconds, usage.cpu_seconds, usage.peak_mib, reused});
    return std::move(value);
  }

  /// A better guess, once more is known; what is done stays done.
  void expect(double cost_to_come) { expected_ = done_ + cost_to_come; }

  const std::vector<StageRun>& stages() const { return stages_; }

 private:
  double share(double cost) {
    furthest_ = std::max(furthest_, std::min(1.0, cost / expected_));
    return furthest_;
  }

  Observer& observer_;
  core::Context context_;
  double expected_;
  double done_ = 0;
  double furthest_ = 0;  // a better guess never moves the bar back
  std::vector<StageRun> stages_;
};

}  // namespace reelwright::stage

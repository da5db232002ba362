#include "net/budget.h"

#include "core/error.h"

namespace reelwright::net {

Budget::Share::Share(Budget& budget, double dollars) : budget_(budget), dollars_(dollars) {
  const std::lock_guard lock(budget_.mutex_);
  const double left = budget_.most_ - budget_.spent_ - budget_.set_aside_;
  if (budget_.is_limited() && dollars > left)
    throw core::Error(
        core::ErrorCode::over_budget,
        fmt::format("The next call may cost {:.4f} US dollars; of the {:g} of JOB_BUDGET, {:.4f} "
                    "are left. Set JOB_BUDGET higher.",
                    dollars, budget_.most_, left));
  budget_.set_aside_ += dollars;
}

Budget::Share::~Share() {
  const std::lock_guard lock(budget_.mutex_);
  budget_.set_aside_ -= dollars_;
}

void Budget::Share::spend(double dollars) {
  const std::lock_guard lock(budget_.mutex_);
  budget_.spent_ += dollars;
}

}  // namespace reelwright::net

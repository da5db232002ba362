#include "vision/motion.h"

#include <cmath>

namespace reelwright::vision {

namespace {

constexpr double least_motion = 0.02;  // pixels a frame; less is standing still

}  // namespace

void Motion::add(double middle, double seconds, bool fresh) {
  if (fresh) {
    middles_.clear();
    direction_ = 0;
  } else {
    seconds_ += seconds;
    note_turn(middle - middles_.back());
  }
  middles_.push_back(middle);
  if (middles_.size() > 4) middles_.pop_front();
  if (middles_.size() == 4) {
    const double third = middles_[3] - 3 * middles_[2] + 3 * middles_[1] - middles_[0];
    jerks_ += std::abs(third) / (seconds * seconds * seconds) / width_;
    ++jerk_count_;
  }
}

void Motion::note_turn(double moved) {
  if (std::abs(moved) <= least_motion) return;
  const int direction = moved > 0 ? 1 : -1;
  turns_ += direction_ != 0 && direction != direction_;
  direction_ = direction;
}

}  // namespace reelwright::vision
